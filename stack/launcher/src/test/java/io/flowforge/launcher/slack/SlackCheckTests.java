package io.flowforge.launcher.slack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.Terminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What people read before they rely on Slack, with answers as Slack's documentation has
 * them.
 */
class SlackCheckTests {

	private static final String TOKEN = "xoxb-s3cret";

	private final Map<String, String> answers = new ConcurrentHashMap<>(Map.of("/api/auth.test",
			"{\"ok\":true,\"team\":\"Acme\",\"user\":\"flowforge\"}", "/api/conversations.list",
			"{\"ok\":true,\"channels\":[{\"id\":\"C0000001\",\"name\":\"checkout\",\"is_member\":true}],\"response_metadata\":{\"next_cursor\":\"more\"}}",
			"/api/conversations.list?cursor=more",
			"{\"ok\":true,\"channels\":[{\"id\":\"C0000002\",\"name\":\"warehouse\",\"is_member\":false}],\"response_metadata\":{\"next_cursor\":\"\"}}",
			"/api/chat.postMessage", "{\"ok\":true,\"channel\":\"C0000003\"}"));

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

	private int status = 200;

	private HttpServer server;

	@BeforeEach
	void serve() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
		this.server.createContext("/", (exchange) -> {
			String form = URLDecoder.decode(
					new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
					StandardCharsets.UTF_8);
			String path = exchange.getRequestURI().getPath();
			this.requests.add(path + " " + exchange.getRequestHeaders().getFirst("Authorization") + " " + form);
			byte[] answer = this.answers.get(path + (form.contains("cursor=more") ? "?cursor=more" : ""))
				.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(this.status, answer.length);
			exchange.getResponseBody().write(answer);
			exchange.close();
		});
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@Test
	void botThatIsInEachChannelIsRight() {
		assertThat(check("#checkout", "C0000001")).isTrue();
		assertThat(said()).containsExactly("Slack accepts the token: bot flowforge of workspace Acme.",
				"  #checkout: the bot is in it (orders, payments).", "  C0000001: the bot is in it (orders, payments).",
				"A test message is in #alerts.");
		assertThat(this.requests).allMatch((request) -> request.contains(" Bearer " + TOKEN + " "))
			.last()
			.asString()
			.startsWith("/api/chat.postMessage ")
			.contains("channel=#alerts");
	}

	@Test
	void channelWithoutTheBotIsNamedWithWhatToDo() {
		assertThat(check("#checkout", "#warehouse", "#gone")).isFalse();
		assertThat(said()).contains("  #checkout: the bot is in it (orders, payments).",
				"  #warehouse: the bot is missing, so nobody hears of orders, payments there: write /invite @flowforge in the channel.",
				"  #gone: there is no such channel, or it is private and the bot is missing, so nobody hears of orders, payments there: create it, or write /invite @flowforge in it.",
				"A test message is in #alerts.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					not_in_channel    | write /invite @flowforge in the channel.
					channel_not_found | create it, write /invite @flowforge in it, or name another one in FLOWFORGE_SLACK_CHANNEL.
					missing_scope     | add the scopes chat:write, channels:read and groups:read to the app, and install it again.
					fatal_error       | the documentation of Slack's Web API says what this means.
					""")
	void refusedMessageIsAFailure(String error, String remedy) {
		this.answers.put("/api/chat.postMessage", "{\"ok\":false,\"error\":\"%s\"}".formatted(error));
		assertThat(check("#checkout")).isFalse();
		assertThat(said()).last()
			.isEqualTo("Slack refuses a test message to #alerts (%s): %s".formatted(error, remedy));
	}

	@Test
	void botThatMayNotListChannelsStillSendsTheTest() {
		this.answers.put("/api/conversations.list", "{\"ok\":false,\"error\":\"missing_scope\"}");
		assertThat(check("#checkout", "#warehouse")).isFalse();
		assertThat(said()).containsSubsequence(
				"The bot may not list channels (missing_scope), so nobody knows whether it is in #checkout, #warehouse: add the scopes chat:write, channels:read and groups:read to the app, and install it again.",
				"A test message is in #alerts.");
	}

	@Test
	void refusedTokenIsOneSentenceWithoutTheToken() {
		this.answers.put("/api/auth.test", "{\"ok\":false,\"error\":\"invalid_auth\"}");
		assertRefused("Slack refuses the token (invalid_auth): put the Bot User OAuth Token, which begins with xoxb-,");
		assertThat(this.requests).hasSize(1);
	}

	@Test
	void whatIsNotSlackIsOneSentence() {
		this.status = 503;
		assertRefused("%sauth.test answers 503: ".formatted(api()));
		this.status = 200;
		this.answers.put("/api/auth.test", "<html>Log in</html>");
		assertRefused("%sauth.test answers something else than JSON: ".formatted(api()));
		stop();
		assertRefused("%sauth.test does not answer (".formatted(api()));
	}

	private void assertRefused(String message) {
		assertThatExceptionOfType(StackException.class).isThrownBy(() -> check("#checkout"))
			.withMessageStartingWith(message)
			.satisfies((ex) -> assertThat(ex.getMessage()).hasLineCount(1).doesNotContain(TOKEN));
	}

	private boolean check(String... channels) {
		Map<String, Set<String>> named = new TreeMap<>();
		for (String channel : channels) {
			named.put(channel, new TreeSet<>(Set.of("orders", "payments")));
		}
		return new SlackCheck(new SlackApi(URI.create(api() + "chat.postMessage"), TOKEN),
				new Terminal(new PrintStream(this.printed, true, StandardCharsets.UTF_8), false))
			.run("#alerts", named);
	}

	private String api() {
		return "http://127.0.0.1:%d/api/".formatted(this.server.getAddress().getPort());
	}

	private List<String> said() {
		return this.printed.toString(StandardCharsets.UTF_8).lines().toList();
	}

}
