package io.flowforge.samples.inbox.now;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.flowforge.samples.inbox.now.CurrentAlert.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is shown, whatever Prometheus and Alertmanager answer. That their answers are like
 * these is shown by the tests in a browser.
 */
class CurrentAlertsTests {

	private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

	private static final String NO_ALERTS = "{\"data\":{\"groups\":[]}}";

	private final Map<String, String> answers = new HashMap<>();

	private HttpServer server;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task);
			thread.setDaemon(true);
			return thread;
		}));
		this.server.createContext("/", this::answer);
		this.server.start();
		this.answers.put("/api/v1/rules", NO_ALERTS);
		this.answers.put("/api/v2/alerts", "[]");
		this.answers.put("/api/v2/silences", "[]");
		this.answers.put("/api/v2/status", "{\"config\":{\"original\":\"route: {receiver: x}\"}}");
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@Test
	void nothingIsFiring() {
		assertThat(read()).isEqualTo(new CurrentAlerts(List.of(), List.of(), List.of()));
	}

	@Test
	void pendingAlertFiresAfterTheTimeOfItsRule() {
		rule("pending", "A", "2026-11-28T11:59:50Z", 17.5);
		assertThat(read().alerts()).singleElement().satisfies((alert) -> {
			assertThat(alert.state()).isEqualTo(State.PENDING);
			assertThat(alert.until()).isEqualTo("2026-11-28T12:00:07.500Z");
		});
	}

	@Test
	void firingAlertThatAlertmanagerHasIsShownOnce() {
		rule("firing", "A", "2026-11-28T11:59:00Z", 30);
		this.answers.put("/api/v2/alerts", alert("A", "\"cluster\":\"eu\"", "\"mutedBy\":[]"));
		assertThat(read().alerts()).singleElement().satisfies((alert) -> {
			assertThat(alert.state()).isEqualTo(State.FIRING);
			assertThat(alert.reason()).isNull();
		});
	}

	@Test
	void firingAlertThatAlertmanagerLacksIsShown() {
		rule("firing", "A", "2026-11-28T11:59:00Z", 30);
		assertThat(read().alerts()).singleElement().satisfies((alert) -> {
			assertThat(alert.state()).isEqualTo(State.FIRING);
			assertThat(alert.since()).isEqualTo("2026-11-28T11:59:30Z");
			assertThat(alert.reason()).isEqualTo("Alertmanager does not have it yet.");
		});
	}

	@Test
	void newerAlertmanagersSayThemselvesThatTheyAreMuted() {
		this.answers.put("/api/v2/alerts", alert("A", "\"x\":\"y\"", "\"mutedBy\":[\"holidays\"]"));
		this.answers.put("/api/v2/status", "{\"config\":{\"original\":\"{\"}}");
		assertThat(read().alerts()).singleElement().satisfies((alert) -> {
			assertThat(alert.state()).isEqualTo(State.MUTED);
			assertThat(alert.reason()).contains("\"holidays\" mutes its route");
		});
	}

	@Test
	void watchdogIsNoAlert() {
		rule("firing", "Watchdog", "2026-11-28T11:59:00Z", 0);
		assertThat(read().alerts()).isEmpty();
	}

	@Test
	void instancesOfOneAlertAreOne() {
		String alerts = alert("A", "\"instance\":\"a\"", "\"mutedBy\":[]");
		this.answers.put("/api/v2/alerts", "[" + alerts.substring(1, alerts.length() - 1) + ","
				+ alert("A", "\"instance\":\"b\"", "\"mutedBy\":[]").substring(1));
		assertThat(read().alerts()).singleElement().satisfies((alert) -> assertThat(alert.descriptions()).hasSize(2));
	}

	@Test
	void backendThatIsNotThereIsOneSentence() {
		CurrentAlerts alerts = reader("http://127.0.0.1:1", "http://127.0.0.1:2").read();
		assertThat(alerts.problems()).containsExactly(
				"Alertmanager does not answer at http://127.0.0.1:2. Silences and mute times are not known.",
				"Prometheus does not answer at http://127.0.0.1:1. Pending alerts are not known.");
	}

	@Test
	void withoutAlertmanagerTheAlertsOfPrometheusAreShown() {
		rule("firing", "A", "2026-11-28T11:59:00Z", 30);
		CurrentAlerts alerts = reader(address(), "http://127.0.0.1:1").read();
		assertThat(alerts.problems()).hasSize(1);
		assertThat(alerts.alerts()).singleElement().satisfies((alert) -> assertThat(alert.reason()).isNull());
	}

	@Test
	void secondOfAPairIsAskedWhenTheFirstIsSilent() {
		this.answers.put("/api/v2/alerts", alert("A", "\"x\":\"y\"", "\"mutedBy\":[]"));
		CurrentAlerts alerts = reader(address(), "http://127.0.0.1:1", address()).read();
		assertThat(alerts.problems()).isEmpty();
		assertThat(alerts.alerts()).hasSize(1);
	}

	@Test
	@Timeout(30)
	void backendThatHangsIsGivenUp() {
		this.answers.put("/api/v2/alerts", "hang");
		assertThat(read().problems()).singleElement().asString().startsWith("Alertmanager does not answer");
	}

	@Test
	@Timeout(30)
	void endlessAnswerIsGivenUp() {
		this.answers.put("/api/v1/rules", "endless");
		assertThat(read().problems()).singleElement().asString().startsWith("Prometheus does not answer");
	}

	@Test
	void nonsenseIsOneSentence() {
		this.answers.put("/api/v1/rules", "<html>");
		this.answers.put("/api/v2/alerts", "{\"data\":5}");
		assertThat(read().problems()).containsExactly(
				"Prometheus at " + address() + " gives an answer that is not JSON. Pending alerts are not known.");
	}

	private void rule(String state, String name, String activeAt, double duration) {
		this.answers.put("/api/v1/rules",
				"""
						{"data":{"groups":[{"rules":[{"type":"alerting","duration":%s,"alerts":[{"state":"%s","activeAt":"%s",
						"labels":{"alertname":"%s","application":"a","environment":"e"},"annotations":{"summary":"S."}}]}]}]}}"""
					.formatted(duration, state, activeAt, name));
	}

	private static String alert(String name, String label, String status) {
		return """
				[{"fingerprint":"f","startsAt":"2026-11-28T11:59:30Z","annotations":{"description":"%s"},
				"labels":{"alertname":"%s","application":"a","environment":"e",%s},
				"status":{"state":"active","silencedBy":[],"inhibitedBy":[],%s}}]""".formatted(label.replace("\"", ""),
				name, label, status);
	}

	private CurrentAlerts read() {
		return reader(address(), address()).read();
	}

	private String address() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	private static CurrentAlertsReader reader(String prometheus, String... alertmanagers) {
		BackendProperties properties = new BackendProperties(URI.create(prometheus),
				List.of(alertmanagers).stream().map(URI::create).toList());
		BackendClient client = new BackendClient(JsonMapper.shared());
		return new CurrentAlertsReader(new Prometheus(client, properties),
				new Alertmanager(client, properties, () -> NOW), () -> NOW);
	}

	private void answer(HttpExchange exchange) {
		String answer = this.answers.getOrDefault(exchange.getRequestURI().getPath(), "{}");
		try (exchange) {
			if (answer.equals("hang")) {
				Thread.sleep(Duration.ofSeconds(8).toMillis());
			}
			boolean endless = answer.equals("endless");
			exchange.sendResponseHeaders(200, endless ? 0 : answer.getBytes(StandardCharsets.UTF_8).length);
			do {
				exchange.getResponseBody().write(endless ? new byte[1024] : answer.getBytes(StandardCharsets.UTF_8));
			}
			while (endless);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
