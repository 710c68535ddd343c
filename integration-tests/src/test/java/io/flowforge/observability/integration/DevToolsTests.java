package io.flowforge.observability.integration;

import java.nio.file.Path;
import java.util.Map;

import io.flowforge.observability.testing.JavaRun;
import io.flowforge.observability.testing.OtlpReceiver;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring Boot's devtools start a service again in the same JVM.
 */
class DevToolsTests {

	@Test
	void restartedServiceIsObservedAsBefore(@TempDir Path folder) throws Exception {
		try (OtlpReceiver receiver = OtlpReceiver.start()) {
			JavaRun run = JavaRun.of(
					Neighbours.with(Neighbours.classPath(Neighbours.OTHERS, Neighbours.REACTIVE, Neighbours.JERSEY),
							"devtools"),
					RestartedService.class, Map.of(), "--spring.application.name=restarted", "--server.port=0",
					"--server.address=127.0.0.1", "--flowforge.observability.otlp.endpoint=" + receiver.endpoint(),
					"--" + RestartedService.FOLDER + "=" + folder,
					"--spring.devtools.restart.additional-paths=" + folder,
					"--spring.devtools.restart.poll-interval=200ms", "--spring.devtools.restart.quiet-period=100ms");
			assertThat(run.lines()).as("%s", run.lines()).contains("RESTARTED");
			// Once for each start, and no more.
			assertThat(receiver.spans()).extracting(Span::getName).containsExactly("GET /hello", "GET /hello");
			assertThat(receiver.spans()).extracting(Span::getTraceId).doesNotHaveDuplicates();
			assertThat(receiver.logRecords()).extracting(DevToolsTests::body)
				.filteredOn((line) -> line.equals("Hello") || line.startsWith("Started RestartedService"))
				.hasSize(4);
			assertThat(receiver.logRecords()).filteredOn((line) -> body(line).equals("Hello"))
				.extracting(LogRecord::getTraceId)
				.containsExactlyElementsOf(receiver.spans().stream().map(Span::getTraceId).toList());
			assertThat(run.lines()).containsOnlyOnce("THREAD BatchSpanProcessor_WorkerThread-1")
				.filteredOn((line) -> line.startsWith("THREAD Batch"))
				.hasSize(2);
			assertThat(run.lines()).filteredOn((line) -> line.startsWith("METRIC flowforge_telemetry_items_total{"))
				.isNotEmpty()
				.filteredOn((line) -> !line.contains("exported"))
				.allMatch((line) -> line.endsWith(" 0.0"));
			assertThat(run.messages()).noneMatch((line) -> line.contains("could not be exported"));
		}
	}

	private static String body(LogRecord line) {
		return line.getBody().getStringValue();
	}

}
