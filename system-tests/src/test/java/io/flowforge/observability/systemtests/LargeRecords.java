package io.flowforge.observability.systemtests;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.flowforge.launcher.Http;
import io.flowforge.launcher.Repository;
import io.flowforge.launcher.process.Programs;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Senders of log records that are larger than Loki accepts: a service with the starter,
 * and one with another library.
 */
final class LargeRecords {

	private LargeRecords() {
	}

	/**
	 * Run the inventory service with {@link LargeLines}.
	 * @param repository where its jar is
	 * @param folder its working directory
	 * @param collector where it sends its telemetry
	 */
	static void sendFromService(Repository repository, Path folder, URI collector) {
		Programs.Result result = Programs.run(folder, Map.of(), "", Duration.ofMinutes(2),
				List.of(Programs.java(), "-XX:TieredStopAtLevel=1",
						"-Dloader.path=" + repository.file("system-tests/target/test-classes"), "-cp",
						repository.file("samples/inventory-service/target/inventory-service.jar").toString(),
						"org.springframework.boot.loader.launch.PropertiesLauncher", "--spring.profiles.active=demo",
						"--server.port=0", "--spring.main.sources=" + LargeLines.class.getName(),
						"--flowforge.observability.otlp.endpoint=" + collector));
		assertThat(result.output()).contains("That is all");
	}

	/**
	 * Send what a library without limits would send.
	 * @param collector where to
	 */
	static void sendFromAnotherLibrary(URI collector) {
		String entries = IntStream.range(0, 300)
			.mapToObj((i) -> attribute("entry-" + i, "ü".repeat(400)))
			.collect(Collectors.joining(","));
		Http.send("POST", collector.resolve("/v1/logs"), """
				{"resourceLogs": [{"resource": {"attributes": [
				  {"key": "service.name", "value": {"stringValue": "other"}},
				  {"key": "deployment.environment.name", "value": {"stringValue": "demo"}},
				  {"key": "process.command_args", "value": {"arrayValue": {"values": [{"stringValue": "%s"}]}}}]},
				 "scopeLogs": [{"scope": {"name": "com.example.Other"}, "logRecords": [
				  %s,
				  %s,
				  %s,
				  %s]}]}]}
				""".formatted("a".repeat(20_000), line(1, "Long ü" + "ü".repeat(300_000), ""),
				line(2, "Failed",
						attribute("exception.type", "com.example.Failure") + ","
								+ attribute("exception.message", "m".repeat(100_000)) + ","
								+ attribute("exception.stacktrace", "com.example.Failure: " + "s".repeat(150_000))),
				line(3, "Many", attribute("exception.message", "Sold out") + "," + entries),
				line(4, "Small", attribute("customer", "c-17"))));
	}

	private static String line(int number, String body, String attributes) {
		return """
				{"timeUnixNano": "%d", "severityText": "INFO", "severityNumber": 9, "body": {"stringValue": "%s"},
				 "attributes": [%s]}""".formatted(System.currentTimeMillis() * 1_000_000 + number, body, attributes);
	}

	private static String attribute(String key, String value) {
		return "{\"key\": \"%s\", \"value\": {\"stringValue\": \"%s\"}}".formatted(key, value);
	}

}
