package io.flowforge.samples.inbox;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The inbox in the place of Slack.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "inbox.smtp.port=0")
class SlackTests {

	/** What Alertmanager posts, shortened. */
	private static final String FIRING = """
			{"channel":"#checkout-alerts","username":"Alertmanager","blocks":[{"type":"divider"}],
			"attachments":[{"title":"[FIRING] orders-service &amp; co","title_link":"http://alertmanager.example/#/alerts",
			"text":"*20.4 %* of the requests fail.\\nSee <https://graph.example/?a=1|the graph>.","fallback":"[FIRING]",
			"fields":[{"title":"Team","value":"checkout","short":true}],
			"actions":[{"type":"button","text":"Runbook","url":"https://runbook.example"}],
			"footer":"","color":"danger","mrkdwn_in":["text"]}]}""";

	private final RestTestClient client;

	SlackTests(@LocalServerPort int port) {
		this.client = RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
	}

	@BeforeEach
	void empty() {
		this.client.delete().uri("/api/messages").exchange().expectStatus().isNoContent();
	}

	@Test
	void takesWhatAlertmanagerPostsToAWebhook() {
		webhook(FIRING).expectStatus().isOk().expectBody(String.class).isEqualTo("ok");
		this.client.get()
			.uri("/api/messages")
			.exchange()
			.expectBody()
			.json("""
					[{"via":"slack-webhook","channel":"#checkout-alerts","from":"Alertmanager","recipients":[],
					"status":"firing","title":"[FIRING] orders-service & co","html":null,
					"text":"[FIRING] orders-service & co\\n\\n20.4 % of the requests fail.\\nSee the graph.\\n\\nTeam: checkout\\n\\nRunbook",
					"links":[{"text":"[FIRING] orders-service & co","url":"http://alertmanager.example/#/alerts"},
					{"text":"the graph","url":"https://graph.example/?a=1"},{"text":"Runbook","url":"https://runbook.example"}]}]
					""")
			.jsonPath("$[0].raw")
			.isEqualTo(FIRING)
			.jsonPath("$[0].note")
			.value(String.class, (note) -> assertThat(note).contains("ignores"));
	}

	@Test
	void showsItAsSlackDoes() {
		webhook(FIRING);
		assertThat(page()).contains("<article class=\"card firing\"")
			.contains("#checkout-alerts")
			.contains("border-color:#a30200")
			.contains("<strong>20.4 %</strong> of the requests fail.<br>See <a ")
			.contains("href=\"https://graph.example/?a=1\"")
			.contains(">Runbook</a>");
	}

	@Test
	void resolvedIsGreenAndNewestComesFirst() {
		webhook(FIRING);
		webhook(FIRING.replace("[FIRING]", "[RESOLVED]").replace("danger", "good"));
		assertThat(page()).containsSubsequence("<article class=\"card resolved\"", "<article class=\"card firing\"");
		this.client.get()
			.uri("/api/messages")
			.exchange()
			.expectBody()
			.jsonPath("$[0].status")
			.isEqualTo("resolved")
			.jsonPath("$[1].status")
			.isEqualTo("firing");
	}

	@Test
	void theColorTellsTheStatusWhenTheTitleDoesNot() {
		webhook("{\"attachments\":[{\"title\":\"orders-service\",\"color\":\"#D00000\"}]}");
		webhook("{\"attachments\":[{\"title\":\"orders-service\",\"color\":\"good\"}]}");
		webhook("{\"text\":\"hello\"}");
		this.client.get()
			.uri("/api/messages")
			.exchange()
			.expectBody()
			.json("[{\"status\":\"unknown\"},{\"status\":\"resolved\"},{\"status\":\"firing\"}]");
	}

	@Test
	void takesWhatIsPostedWithABotToken() {
		postMessage(FIRING, "Bearer xoxb-1").expectBody()
			.jsonPath("$.ok")
			.isEqualTo(true)
			.jsonPath("$.channel")
			.isEqualTo("#checkout-alerts")
			.jsonPath("$.ts")
			.exists();
		this.client.get()
			.uri("/api/messages")
			.exchange()
			.expectBody()
			.json("[{\"via\":\"slack-api\",\"note\":null,\"status\":\"firing\"}]");
	}

	@Test
	void refusesAPostWithoutABotToken() {
		postMessage(FIRING, "").expectStatus().isOk().expectBody().json("{\"ok\":false,\"error\":\"not_authed\"}");
		postMessage(FIRING, "Bearer ").expectBody().json("{\"ok\":false,\"error\":\"not_authed\"}");
		assertThat(page()).doesNotContain("<article");
	}

	@Test
	void refusesAPostWithoutAChannel() {
		postMessage("{\"text\":\"hello\"}", "Bearer xoxb-1").expectBody()
			.json("{\"ok\":false,\"error\":\"channel_not_found\"}");
		postMessage("nonsense", "Bearer xoxb-1").expectBody().json("{\"ok\":false,\"error\":\"invalid_json\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense", "[]", "null", "5", "{\"attachments\":5}", "{\"attachments\":[5]}",
			"{\"text\":{}}", "{\"attachments\":[{\"color\":[]}]}", "" })
	void refusesWhatSlackWouldNotUnderstand(String payload) {
		webhook(payload).expectStatus().isBadRequest().expectBody(String.class).isEqualTo("invalid_payload");
		assertThat(page()).doesNotContain("<article");
	}

	@Test
	void refusesAMessageWithNothingInIt() {
		webhook("{}").expectStatus().isBadRequest().expectBody(String.class).isEqualTo("no_text");
	}

	@Test
	void nullsAndUnknownFieldsAreNoMatter() {
		webhook("""
				{"text":null,"unfurl_links":true,"attachments":[null,{"title":null,"fields":[null,{"value":null}],
				"actions":[{"text":null}],"mrkdwn_in":[null],"color":null}]}""").expectStatus().isOk();
		assertThat(page()).contains("<article class=\"card unknown\"");
	}

	@Test
	void refusesMoreThanAMegabyte() {
		webhook("{\"text\":\"" + "x".repeat(1024 * 1024) + "\"}").expectStatus().isEqualTo(413);
		assertThat(page()).doesNotContain("<article");
	}

	@Test
	void hostileMessagesAreShownAsText() {
		String evil = "</p><script>alert(1)</script><img src=x onerror=alert(1)>";
		webhook("""
				{"channel":"EVIL","username":"EVIL","text":"EVIL","attachments":[{"pretext":"EVIL","title":"EVIL",
				"title_link":"javascript:alert(1)","text":"EVIL <javascript:alert(1)|x>","footer":"EVIL",
				"fields":[{"title":"EVIL","value":"EVIL"}],"color":"red;background:url(//x.example)",
				"actions":[{"text":"EVIL","url":"javascript:alert(1)","style":"\\" onclick=\\"alert(1)"}]}]}"""
			.replace("EVIL", evil)).expectStatus().isOk();
		assertThat(page()).doesNotContain("<script>", "<img", "javascript:alert(1)\"", "onclick", "url(")
			.contains("&lt;script&gt;alert(1)&lt;/script&gt;");
	}

	@Test
	void nothingButItsOwnScriptMayRunOnThePage() {
		this.client.get()
			.uri("/")
			.exchange()
			.expectHeader()
			.value("Content-Security-Policy",
					(policy) -> assertThat(policy).contains("default-src 'none'", "script-src 'self';"));
		this.client.get().uri("/inbox.js").exchange().expectStatus().isOk();
		this.client.get().uri("/inbox.css").exchange().expectStatus().isOk();
	}

	@Test
	void thePageGivesOnlyWhatCameAfter() {
		webhook("{\"text\":\"one\"}");
		webhook("{\"text\":\"two\"}");
		String page = page();
		String newest = page.replaceAll("(?s).*data-newest=\"(\\d+)\".*", "$1");
		assertThat(this.client.get()
			.uri("/?after=" + newest)
			.exchange()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody()).contains("data-kept").doesNotContain(">one</p>", ">two</p>");
	}

	@Test
	void theWatchdogIsHeard() {
		this.client.post().uri("/watchdog").body("nonsense").exchange().expectStatus().isBadRequest();
		this.client.post().uri("/watchdog").body("{\"status\":\"resolved\"}").exchange().expectStatus().isOk();
		assertThat(page()).contains("Watchdog not heard yet");
		this.client.post()
			.uri("/watchdog")
			.contentType(MediaType.APPLICATION_JSON)
			.body("{\"status\":\"firing\"}")
			.exchange()
			.expectStatus()
			.isOk();
		assertThat(page()).contains("watchdog heard").contains("Watchdog last heard");
	}

	private ResponseSpec webhook(String json) {
		return this.client.post().uri("/slack/webhook").contentType(MediaType.APPLICATION_JSON).body(json).exchange();
	}

	private ResponseSpec postMessage(String json, String authorization) {
		return this.client.post()
			.uri("/api/chat.postMessage")
			.header(HttpHeaders.AUTHORIZATION, authorization)
			.contentType(MediaType.APPLICATION_JSON)
			.body(json)
			.exchange();
	}

	private String page() {
		String page = this.client.get().uri("/").exchange().expectBody(String.class).returnResult().getResponseBody();
		assertThat(page).isNotNull();
		return page;
	}

}
