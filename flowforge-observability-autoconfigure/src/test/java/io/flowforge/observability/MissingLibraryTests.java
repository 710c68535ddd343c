package io.flowforge.observability;

import java.util.List;
import java.util.Map;

import io.flowforge.observability.testing.JavaRun;
import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.ProbedService;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service may leave out what the starter brings: it starts, and everything that does
 * not need the missing library works. Each case is a JVM without those jars.
 */
class MissingLibraryTests {

	@ParameterizedTest(name = "without {0}: spans {1}, log records {2}, metrics {3}")
	@CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
			library                                      | spans | records | metrics
			spring-boot-actuator-autoconfigure           | true  | true    | false
			spring-boot-health                           | true  | true    | true
			spring-boot-micrometer-metrics               | true  | true    | false
			micrometer-registry-prometheus               | true  | true    | false
			spring-boot-micrometer-tracing-opentelemetry | false | true    | true
			micrometer-tracing-bridge-otel               | false | true    | true
			opentelemetry-exporter-.*                    | false | false   | true
			opentelemetry-.*                             | false | false   | true
			logback-classic                              | true  | false   | true
			spring-boot-jetty                            | true  | true    | true
			spring-boot-webmvc                           | true  | true    | false
			spring-boot-tomcat                           | true  | true    | true
			""")
	void serviceStarts(String library, boolean spans, boolean records, boolean metrics) throws Exception {
		try (OtlpReceiver receiver = OtlpReceiver.start()) {
			JavaRun run = JavaRun.of(JavaRun.classPathWithout(library), ProbedService.class, Map.of(),
					"--spring.application.name=probe", "--server.port=0", "--server.address=127.0.0.1",
					"--flowforge.observability.service.team=checkout",
					"--flowforge.observability.otlp.endpoint=" + receiver.endpoint());
			assertThat(run.lines()).contains("PROBED").noneMatch((line) -> line.startsWith("\tat "));
			assertThat(run.status()).isZero();
			assertThat(receiver.spans().stream().anyMatch((span) -> span.getName().equals("probe"))).as("spans")
				.isEqualTo(spans);
			assertThat(receiver.logRecords()
				.stream()
				.anyMatch((logRecord) -> logRecord.getBody().getStringValue().equals("probe"))).as("log records")
				.isEqualTo(records);
			assertThat(run.lines().stream().anyMatch((line) -> line.startsWith("flowforge_service_info{")))
				.as("metrics")
				.isEqualTo(metrics);
			List<String> findings = run.lines().stream().filter((line) -> line.startsWith("FINDING")).toList();
			boolean isToldOtherwise = library.contains("exporter");
			assertThat(findings).hasSize(((spans && records) || isToldOtherwise) ? 0 : 1);
		}
	}

}
