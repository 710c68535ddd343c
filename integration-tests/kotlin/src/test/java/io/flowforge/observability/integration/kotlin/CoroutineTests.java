package io.flowforge.observability.integration.kotlin;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import io.flowforge.observability.testing.JavaRun;
import io.flowforge.observability.testing.OtlpReceiver;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A suspending function stays in the trace of its request: after {@code delay()}, on the
 * threads of another dispatcher, and in the calls that it makes from there.
 */
class CoroutineTests {

	@ParameterizedTest
	@CsvSource({ "Spring MVC, .*(webflux|netty|spring-boot-reactor).*, GET",
			"WebFlux, .*(webmvc|tomcat|servlet).*, http get" })
	void suspendingFunctionStaysInItsTrace(String server, String without, String method) throws Exception {
		List<Path> classPath = JavaRun.classPath()
			.stream()
			.filter((entry) -> !entry.getFileName().toString().matches(without))
			.toList();
		try (OtlpReceiver receiver = OtlpReceiver.start()) {
			JavaRun run = JavaRun.of(classPath, CoroutineServiceKt.class, Map.of(),
					"--spring.application.name=coroutines", "--server.port=0", "--server.address=127.0.0.1",
					"--flowforge.observability.otlp.endpoint=" + receiver.endpoint());
			assertThat(run.lines()).contains("RESPONSE /delayed called", "RESPONSE /parallel called, called");
			Span delayed = span(receiver, method + " /delayed");
			assertThat(lines(receiver, "After the delay")).hasSize(1).allMatch((line) -> isOf(delayed, line));
			assertThat(lines(receiver, "On another thread")).hasSize(1).allMatch((line) -> isOf(delayed, line));
			assertThat(run.line("After the delay"))
				.contains(HexFormat.of().formatHex(delayed.getTraceId().toByteArray()));
			assertThat(callsOf(delayed, receiver)).hasSize(1);
			Span parallel = span(receiver, method + " /parallel");
			assertThat(lines(receiver, "In parallel")).hasSize(2).allMatch((line) -> isOf(parallel, line));
			assertThat(callsOf(parallel, receiver)).hasSize(2);
			assertThat(receiver.spans())
				.filteredOn((span) -> span.getKind() == Span.SpanKind.SPAN_KIND_SERVER
						&& span.getName().equals(method + " /called"))
				.extracting(Span::getTraceId)
				.containsExactlyInAnyOrder(delayed.getTraceId(), parallel.getTraceId(), parallel.getTraceId());
		}
	}

	private static Span span(OtlpReceiver receiver, String name) {
		return receiver.spans().stream().filter((span) -> span.getName().equals(name)).findFirst().orElseThrow();
	}

	private static List<LogRecord> lines(OtlpReceiver receiver, String body) {
		return receiver.logRecords().stream().filter((line) -> line.getBody().getStringValue().equals(body)).toList();
	}

	private static boolean isOf(Span span, LogRecord line) {
		return line.getTraceId().equals(span.getTraceId()) && line.getSpanId().equals(span.getSpanId());
	}

	private static List<Span> callsOf(Span request, OtlpReceiver receiver) {
		return receiver.spans()
			.stream()
			.filter((span) -> span.getKind() == Span.SpanKind.SPAN_KIND_CLIENT
					&& span.getParentSpanId().equals(request.getSpanId()))
			.toList();
	}

}
