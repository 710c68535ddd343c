package io.flowforge.observability.systemtests;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.flowforge.drill.server.Workspace;
import io.flowforge.launcher.Http;
import io.flowforge.launcher.Repository;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.process.Ports;
import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.ServerCommand;
import io.flowforge.launcher.process.TemporaryServer;
import io.flowforge.observability.testing.OtlpReceiver;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service that was processed ahead of time tells the same.
 */
class AheadOfTimeTests {

	private static final Repository REPOSITORY = Repository.around(Path.of(""));

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

	@Test
	void telemetryIsTheSame(@TempDir Path folder) {
		Telemetry usual = telemetry(folder, "-Dspring.aot.enabled=false");
		Telemetry aheadOfTime = telemetry(folder, "-Dspring.aot.enabled=true");
		assertThat(aheadOfTime).isEqualTo(usual);
		assertThat(aheadOfTime.spans()).containsExactly("GET /stock/{sku}");
		assertThat(aheadOfTime.metrics()).contains("flowforge_service_info[slack_channel, team]");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					alerts.latency-p99=61s | Set flowforge.observability.alerts.latency-p99 to a duration above 0 and at most 60s
					alerts.error-rate=5%   | Did you mean flowforge.observability.alerts.error-ratio?
					enabled=false          | Set flowforge.observability.enabled to true, as it was when the application was processed
					""")
	void badSettingStopsTheStartWithOneSentence(String setting, String sentence, @TempDir Path folder) {
		Programs.Result result = Programs.run(folder,
				command(folder, "-Dspring.aot.enabled=true", "--server.port=0", "--flowforge.observability." + setting)
					.toArray(String[]::new));
		assertThat(result.status()).isOne();
		assertThat(result.output()).contains("Starting AOT-processed InventoryServiceApplication")
			.contains("APPLICATION FAILED TO START")
			.contains(sentence)
			.doesNotContain("\tat ");
	}

	private static Telemetry telemetry(Path folder, String option) {
		int port = Ports.free();
		URI address = URI.create("http://127.0.0.1:" + port);
		try (OtlpReceiver receiver = OtlpReceiver.start()) {
			String metrics;
			ServerCommand command = new ServerCommand("inventory-service" + option, folder,
					command(folder, option, "--server.port=" + port,
							"--flowforge.observability.otlp.endpoint=" + receiver.endpoint(),
							"--flowforge.observability.web.access-log.requests=all",
							"--flowforge.observability.service.instance-id=one"),
					Map.of(), address.resolve("/actuator/health"), List.of());
			try (TemporaryServer service = TemporaryServer.start(command, Workspace.ofBuild(folder).logs())) {
				assertThat(service.log()).contains(option.endsWith("true") ? "Starting AOT-processed Inventory"
						: "Starting InventoryServiceApplication");
				Http.get(address.resolve("/stock/A-100"));
				metrics = Waiting.forValue("The health checks have no result", Duration.ofSeconds(20),
						() -> Optional.of(Http.get(address.resolve("/actuator/prometheus")))
							.filter((scrape) -> scrape.contains("flowforge_health_up{component=\"db\"} 1.0")));
			}
			return new Telemetry(names(receiver.spans(), Span::getName),
					names(receiver.spans().stream().flatMap((span) -> span.getAttributesList().stream()).toList(),
							KeyValue::getKey),
					names(receiver.logRecords().stream().flatMap((line) -> line.getAttributesList().stream()).toList(),
							KeyValue::getKey),
					names(receiver.resources()
						.stream()
						.flatMap((resource) -> resource.getAttributesList().stream())
						.toList(), (attribute) -> attribute.getKey() + "=" + attribute.getValue().getStringValue()),
					series(metrics));
		}
	}

	private static List<String> command(Path folder, String option, String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(Programs.java(), "-Xmx192m", "-XX:TieredStopAtLevel=1", option, "-Djava.io.tmpdir=" + folder,
						"-jar", REPOSITORY.file("samples/inventory-service/target/inventory-service.jar").toString()));
		command.addAll(List.of(arguments));
		return command;
	}

	private static <T> Set<String> names(Collection<T> items, Function<T, String> name) {
		return items.stream().map(name).collect(Collectors.toCollection(TreeSet::new));
	}

	// Those of the garbage collector depend on what it had to do.
	private static Set<String> series(String scrape) {
		return scrape.lines()
			.filter((line) -> !line.startsWith("#") && !line.startsWith("jvm_gc_"))
			.map((line) -> line.substring(0, line.indexOf((line.indexOf('{') < 0) ? ' ' : '{')) + labels(line))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Set<String> labels(String line) {
		Stream<String> names = LABEL.matcher(line).results().map((label) -> label.group(1));
		return names.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * What a service tells, without the values that differ between runs.
	 *
	 * @param spans names of spans
	 * @param spanAttributes names of their attributes
	 * @param logAttributes names of attributes of log records
	 * @param resource attributes of the resource
	 * @param metrics names of metrics with those of their labels
	 */
	record Telemetry(Set<String> spans, Set<String> spanAttributes, Set<String> logAttributes, Set<String> resource,
			Set<String> metrics) {

	}

}
