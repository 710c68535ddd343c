package io.flowforge.samples.inbox.now;

import io.flowforge.samples.inbox.AlertInboxApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may silence, and what.
 */
@SpringBootTest(classes = AlertInboxApplication.class,
		properties = { "inbox.smtp.port=0", "inbox.alertmanager-urls=http://127.0.0.1:1" })
@AutoConfigureMockMvc
class SilencesTests {

	private static final String SILENCE = "{\"alertname\":\"A\",\"environment\":\"e\",\"application\":\"a\",\"minutes\":30}";

	private final MockMvcTester mvc;

	SilencesTests(@Autowired MockMvcTester mvc) {
		this.mvc = mvc;
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			localhost:8090, -, -, true
			127.0.0.1:1, http://127.0.0.1:1, same-origin, true
			[::1]:8090, -, same-origin, true
			inbox.localhost, -, -, true
			evil.example:8090, -, -, false
			evil.example:8090, http://evil.example:8090, same-origin, false
			localhost.evil.example, -, -, false
			alert-inbox:8090, -, -, false
			localhost:8090, http://evil.example, -, false
			localhost:8090, http://localhost:8080, -, false
			localhost:8090, null, -, false
			localhost:8090, -, cross-site, false
			localhost:8090, -, same-site, false
			localhost:8090, -, none, false
			-, -, -, false
			""")
	void onlyItsOwnPageMay(String host, String origin, String site, boolean allowed) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.addHeader(SamePageRequest.HEADER, "page");
		addHeader(request, "Host", host);
		addHeader(request, "Origin", origin);
		addHeader(request, "Sec-Fetch-Site", site);
		assertThat(SamePageRequest.matches(request)).isEqualTo(allowed);
		request.removeHeader(SamePageRequest.HEADER);
		assertThat(SamePageRequest.matches(request)).isFalse();
	}

	private static void addHeader(MockHttpServletRequest request, String name, String value) {
		if (value != null) {
			request.addHeader(name, value);
		}
	}

	@Test
	void requestOfAnotherSiteIsRefused() {
		assertThat(this.mvc.post().uri("/api/silences").header(HttpHeaders.HOST, "localhost").content(SILENCE))
			.hasStatus(403)
			.bodyText()
			.contains("Only the inbox's own page");
		assertThat(this.mvc.delete().uri("/api/silences/1").header(HttpHeaders.HOST, "localhost")).hasStatus(403);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]", "nonsense", "{}", "{\"alertname\":\"\",\"minutes\":30}",
			"{\"alertname\":\"A\",\"minutes\":31}", "{\"alertname\":\"A\",\"minutes\":99999999999}" })
	void nonsenseIsRefused(String body) {
		assertThat(this.mvc.post()
			.uri("/api/silences")
			.header(HttpHeaders.HOST, "localhost")
			.header(SamePageRequest.HEADER, "page")
			.content(body)).hasStatus(400).bodyJson().hasPath("error");
	}

	@ParameterizedTest
	@ValueSource(strings = { "..", "a/../b", "%2e%2e", "x y" })
	void onlyIdsAreUnsilenced(String id) {
		assertThat(this.mvc.delete()
			.uri("/api/silences/{id}", id)
			.header(HttpHeaders.HOST, "localhost")
			.header(SamePageRequest.HEADER, "page")).hasStatus4xxClientError();
	}

	@Test
	void silentAlertmanagerIsOneSentence() {
		assertThat(this.mvc.post()
			.uri("/api/silences")
			.header(HttpHeaders.HOST, "localhost")
			.header(SamePageRequest.HEADER, "page")
			.content(SILENCE)).hasStatus(502)
			.bodyJson()
			.extractingPath("error")
			.isEqualTo("Not silenced: Alertmanager does not answer at http://127.0.0.1:1.");
	}

}
