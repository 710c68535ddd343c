package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import io.flowforge.drill.backend.BackendConfiguration;
import io.flowforge.drill.backend.Backends;
import io.flowforge.drill.message.Inbox;
import io.flowforge.drill.message.Message;
import io.flowforge.drill.server.AlertInbox;
import io.flowforge.drill.server.Workspace;
import io.flowforge.launcher.Http;
import io.flowforge.launcher.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service chooses its own channel and, within the ceilings, its own limits. Whatever
 * else it exports, it pages nobody for another service, makes nothing more or less
 * severe, reaches no address, and fails nobody else's rules.
 */
class OwnershipTests {

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private final long start = System.nanoTime();

	private volatile String channel = "#general<!channel>";

	private volatile int started = 1_700_000_000;

	private Backends backends;

	private AlertInbox alertInbox;

	private Inbox inbox;

	private HttpServer ledger;

	private HttpServer mallory;

	private URI prometheus;

	@BeforeEach
	void start(@TempDir Path folder) throws IOException {
		this.backends = TestBackends.choose(Workspace.ofBuild(folder));
		Workspace workspace = Workspace.ofBuild(folder).listeningAt(this.backends.bindAddress());
		this.alertInbox = AlertInbox.start(workspace);
		this.inbox = this.alertInbox.messages();
		this.ledger = serve(this::honestMetrics);
		this.mallory = serve(this::hostileMetrics);
		BackendConfiguration configuration = new BackendConfiguration(workspace, this.backends)
			.messagesTo(this.alertInbox)
			.target("services", """
					- targets: ["127.0.0.1:%d"]
					  labels: {application: ledger, environment: prod}
					- targets: ["127.0.0.1:%d"]
					  labels: {application: mallory, environment: prod}
					""".formatted(this.ledger.getAddress().getPort(), this.mallory.getAddress().getPort()))
			.assemble();
		configuration.startAlertmanager();
		this.prometheus = configuration.startPrometheus();
	}

	@AfterEach
	void stop() {
		if (this.backends != null) {
			this.backends.close();
		}
		Stream.of(this.ledger, this.mallory).filter((server) -> server != null).forEach((server) -> server.stop(0));
		if (this.alertInbox != null) {
			this.alertInbox.close();
		}
	}

	@Test
	void serviceChoosesForItselfAndForNobodyElse() {
		Message aboutMallory = await("mallory");
		Message aboutLedger = await("ledger");

		// At the default limits, for its own are beyond the ceilings; and as severe as
		// the rule says.
		assertThat(aboutMallory.text()).contains("100% of requests failed; the limit is 5%.");
		assertThat(aboutMallory.title()).startsWith("[CRITICAL] mallory (prod): ");
		// What is no channel is not taken for one.
		assertThat(aboutMallory.channel()).isEqualTo("#alerts");
		assertThat(aboutLedger.channel()).isEqualTo("#finance");
		assertThat(aboutLedger.text()).contains("50% of requests failed; the limit is 20%.").contains("Team: finance");

		assertThat(query("sum(prometheus_rule_evaluation_failures_total)").map(OwnershipTests::value))
			.containsExactly("0");
		assertThat(query("ALERTS{application=\"ledger\"}").map((alert) -> label(alert, "alertname")))
			.containsExactly("FlowForgeHighErrorRatio");
		assertThat(query("ALERTS{alertstate=\"firing\",alertname!=\"Watchdog\"}")
			.map((alert) -> label(alert, "severity") + " " + label(alert, "category"))
			.distinct()).isSubsetOf("critical errors", "warning latency", "critical health");

		// A channel that is one is taken from the moment on at which its owner names it.
		this.started += 1000;
		this.channel = "C012AB3CD";
		Waiting.forValue("No message has come in the channel that mallory chose", LIMIT,
				() -> this.inbox.firstAfter(0, (message) -> "C012AB3CD".equals(message.channel())));

		List<Message> all = this.inbox.after(0);
		assertThat(all.stream().filter((message) -> "#finance".equals(message.channel())))
			.allMatch((message) -> message.title().contains("ledger (prod)"));
		assertThat(all.stream().filter(Message::isEmail).flatMap((message) -> message.recipients().stream()).distinct())
			.containsExactly("on-call@flowforge.example");
		assertThat(all.stream().filter(Message::isSlack).map(Message::channel).distinct())
			.containsExactlyInAnyOrder("#finance", "#alerts", "C012AB3CD");
	}

	private Message await(String application) {
		return Waiting.forValue("No alert has come about " + application, LIMIT, () -> this.inbox.firstAfter(0,
				(message) -> message.isSlack() && message.isAbout("firing", application, "Too many requests fail.")));
	}

	private Stream<JsonNode> query(String expression) {
		String json = Http.get(this.prometheus
			.resolve("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8)));
		return JsonMapper.shared().readTree(json).at("/data/result").valueStream();
	}

	private static String label(JsonNode sample, String name) {
		return sample.path("metric").path(name).asString("");
	}

	private static String value(JsonNode sample) {
		return sample.at("/value/1").asString("");
	}

	private HttpServer serve(Supplier<String> metrics) throws IOException {
		HttpServer server = HttpServer
			.create(new InetSocketAddress(InetAddress.getByName(this.backends.bindAddress()), 0), 0);
		server.createContext("/actuator/prometheus", (exchange) -> {
			byte[] body = metrics.get().getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		server.start();
		return server;
	}

	private long requests() {
		return (System.nanoTime() - this.start) / 10_000_000;
	}

	private String honestMetrics() {
		return """
				process_start_time_seconds 1700000000
				flowforge_service_info{team="finance",slack_channel="#finance"} 1
				flowforge_alert_threshold{alert="error_ratio"} 0.2
				http_server_requests_seconds_count{uri="/book",status="200"} %1$d
				http_server_requests_seconds_count{uri="/book",status="500"} %1$d
				""".formatted(requests());
	}

	// Labels of others, two owners, names that are Prometheus' or the rules' own, limits
	// beyond the ceilings.
	private String hostileMetrics() {
		return """
				process_start_time_seconds %2$d
				flowforge_service_info{team="mallory",slack_channel="%3$s",severity="none"} 1
				flowforge_service_info{application="ledger",environment="prod",exported_application="ledger",team="mallory",slack_channel="%3$s"} 1
				flowforge_alert_threshold{alert="error_ratio"} 0.99
				flowforge_alert_threshold{alert="error_ratio",application="ledger",environment="prod"} 0.0001
				flowforge_alert_threshold{alert="latency_p99_seconds"} 3600
				flowforge_alert_threshold{alert="min_request_rate"} 1000000
				flowforge_slo_objective NaN
				flowforge_health_up{component="db",application="ledger",environment="prod",team="finance",slack_channel="#finance",severity="none"} 0
				http_server_requests_seconds_count{uri="/",status="500",application="ledger",severity="none",alertname="Watchdog",team="finance",slack_channel="#finance"} %1$d
				up{application="ledger",environment="prod"} 0
				up{kind="other"} 0
				ALERTS{alertname="FlowForgeServiceDown",alertstate="firing",application="ledger",environment="prod",severity="critical"} 1
				flowforge:service{application="ledger",kind="other"} 1
				flowforge:service_owner{application="ledger",environment="prod",team="mallory"} 1
				flowforge:service_owner{team="finance",slack_channel="#finance"} 1
				flowforge:alert_threshold{alert="error_ratio",kind="other"} 0.9
				flowforge:http_error_ratio:rate5m{kind="other"} 1
				"""
			.formatted(requests(), this.started, this.channel);
	}

}
