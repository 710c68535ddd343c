package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.google.protobuf.ByteString;
import io.flowforge.drill.backend.BackendConfiguration;
import io.flowforge.drill.backend.Backends;
import io.flowforge.drill.message.Inbox;
import io.flowforge.drill.message.Message;
import io.flowforge.drill.server.AlertInbox;
import io.flowforge.drill.server.OtelCollector;
import io.flowforge.drill.server.Workspace;
import io.flowforge.launcher.Http;
import io.flowforge.launcher.Repository;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.process.Ports;
import io.flowforge.observability.testing.OtlpReceiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The real OpenTelemetry Collector with the configuration of the stack: what it has
 * accepted arrives, whatever becomes of those it delivers to or of itself, and somebody
 * is told meanwhile.
 */
class CollectorTests {

	private static final Repository REPOSITORY = Repository.around(Path.of(""));

	private static final Duration LIMIT = Duration.ofMinutes(3);

	// A few dozen of the requests below; no less than a batch.
	private static final int QUEUE_BYTES = 600_000;

	private static final String LONG = "long ".repeat(4000);

	private final Deque<AutoCloseable> parts = new ArrayDeque<>();

	private final int backend = Ports.free();

	private OtelCollector collector;

	private Inbox inbox;

	@BeforeEach
	void start(@TempDir Path folder) throws IOException {
		Backends backends = TestBackends.choose(Workspace.ofBuild(folder));
		this.parts.push(backends);
		Workspace workspace = Workspace.ofBuild(folder).listeningAt(backends.bindAddress());
		String endpoint = "http://127.0.0.1:" + this.backend;
		Optional<OtelCollector> started = OtelCollector.start(workspace,
				Map.of("COLLECTOR_TRACES_EXPORTER", "otlp_http/traces", "COLLECTOR_TRACES_ENDPOINT", endpoint,
						"COLLECTOR_LOGS_EXPORTER", "otlp_http/logs", "COLLECTOR_LOGS_ENDPOINT", endpoint,
						"COLLECTOR_QUEUE_BYTES", String.valueOf(QUEUE_BYTES)));
		Assumptions.assumeTrue(started.isPresent(), TestBackends.NO_COLLECTOR);
		this.collector = started.get();
		this.parts.push(this.collector);
		AlertInbox alertInbox = AlertInbox.start(workspace);
		this.parts.push(alertInbox);
		this.inbox = alertInbox.messages();
		BackendConfiguration configuration = new BackendConfiguration(workspace, backends).messagesTo(alertInbox)
			.scraping(this.collector)
			.assemble();
		configuration.startAlertmanager();
		configuration.startPrometheus();
	}

	@AfterEach
	void stop() throws Exception {
		for (AutoCloseable part : this.parts) {
			part.close();
		}
	}

	@Test
	void whatItHasAcceptedArrivesAndSomebodyIsToldMeanwhile() {
		// Until the queue has no room for another, which is refused, not accepted and
		// lost.
		Set<String> spans = sendUntilRefused("traces", CollectorTests::span);
		Set<String> lines = sendUntilRefused("logs", CollectorTests::line);
		assertThat(spans).hasSizeGreaterThan(10);
		assertThat(lines).hasSizeGreaterThan(10);

		Message failing = await("firing", "The Collector cannot deliver.");
		Message filling = await("firing", "A queue of the Collector is filling.");
		assertThat(failing.text()).contains("cannot deliver through otlp_http/", "Team: platform")
			.containsPattern("5\\d\\d([.]\\d+)?kiB are waiting");
		assertThat(filling.text()).containsPattern("is 9\\d([.]\\d+)?% full");
		assertThat(failing.channel()).isEqualTo("#alerts");

		Set<String> exported = metrics();
		this.collector.kill();
		this.collector.restart();
		try (OtlpReceiver receiver = OtlpReceiver.start(this.backend)) {
			Waiting.until("Not everything that was accepted has arrived", LIMIT,
					() -> receiver.spans().size() >= spans.size() && receiver.logRecords().size() >= lines.size());
			assertThat(receiver.spans().stream().map((span) -> hex(span.getSpanId())).collect(Collectors.toSet()))
				.isEqualTo(spans);
			assertThat(receiver.logRecords().stream().map((line) -> hex(line.getSpanId())).collect(Collectors.toSet()))
				.isEqualTo(lines);
			// An alert on a metric by another name would never fire, or always. (Those of
			// what failed for good are in CollectorPipelineTests.)
			exported.addAll(metrics());
			assertThat(exported).containsAll(metricsOfTheRules());
			await("resolved", "The Collector cannot deliver.");
			await("resolved", "A queue of the Collector is filling.");
		}
	}

	private Set<String> sendUntilRefused(String signal, UnaryOperator<String> request) {
		Set<String> accepted = new TreeSet<>();
		while (accepted.size() < QUEUE_BYTES) {
			String id = "%016x".formatted(accepted.size() + 1);
			try {
				send(signal, request.apply(id));
			}
			catch (UncheckedIOException ex) {
				assertThat(ex).hasMessageContaining("503");
				return accepted;
			}
			accepted.add(id);
		}
		throw new AssertionError("A queue of %d bytes took %d requests".formatted(QUEUE_BYTES, accepted.size()));
	}

	private static String span(String id) {
		return """
				{"resourceSpans": [{"scopeSpans": [{"spans": [{"traceId": "%1$s%1$s", "spanId": "%1$s", "name": "%2$s",
				 "startTimeUnixNano": "1700000000000000000", "endTimeUnixNano": "1700000001000000000"}]}]}]}
				""".formatted(id, LONG);
	}

	private static String line(String id) {
		return """
				{"resourceLogs": [{"scopeLogs": [{"logRecords": [{"timeUnixNano": "1700000000000000000", "spanId": "%1$s",
				 "traceId": "%1$s%1$s", "body": {"stringValue": "%2$s"}}]}]}]}
				"""
			.formatted(id, LONG);
	}

	private Set<String> metrics() {
		return names(Http.get(this.collector.metrics()), "(?m)^otelcol_\\w+(?=\\{)");
	}

	private static Set<String> metricsOfTheRules() {
		try {
			return names(Files.readString(REPOSITORY.file("prometheus-rules/telemetry.yml")),
					"otelcol_(?!exporter_send_failed)\\w+");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Set<String> names(String text, String pattern) {
		return Pattern.compile(pattern)
			.matcher(text)
			.results()
			.map(MatchResult::group)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private void send(String signal, String json) {
		Http.send("POST", this.collector.endpoint().resolve("/v1/" + signal), json);
	}

	private Message await(String status, String summary) {
		Predicate<Message> kind = (message) -> message.isAbout(status, "monitoring", summary);
		Waiting.forValue("No email \"%s\" has come: %s".formatted(status, summary), LIMIT,
				() -> this.inbox.firstAfter(0, kind.and(Message::isEmail)));
		return Waiting.forValue("\"%s\" has not come in Slack: %s".formatted(status, summary), LIMIT,
				() -> this.inbox.firstAfter(0, kind.and(Message::isSlack)));
	}

	private static String hex(ByteString id) {
		StringBuilder text = new StringBuilder();
		id.forEach((octet) -> text.append("%02x".formatted(octet)));
		return text.toString();
	}

}
