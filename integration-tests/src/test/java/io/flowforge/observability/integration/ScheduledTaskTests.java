package io.flowforge.observability.integration;

import java.util.Set;
import java.util.stream.Collectors;

import com.google.protobuf.ByteString;
import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Each run of a scheduled task is a trace of its own, and goes where the run goes.
 */
class ScheduledTaskTests {

	@Test
	void runIsATraceOfItsOwn() {
		assertThatRunsAreTraced(false);
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "Virtual threads need Java 21")
	void runOnAVirtualThreadIsATraceOfItsOwn() {
		assertThatRunsAreTraced(true);
	}

	@SuppressWarnings("try")
	private static void assertThatRunsAreTraced(boolean virtualThreads) {
		try (OtlpReceiver receiver = OtlpReceiver.start();
				TestService called = CalledService.start(receiver);
				TestService service = TestService.start(new Class<?>[] { Scheduling.class },
						"flowforge.observability.otlp.endpoint=" + receiver.endpoint(),
						"called.url=" + CalledService.url(called),
						"spring.threads.virtual.enabled=" + virtualThreads)) {
			for (String task : Set.of("Task by delay", "Task by cron")) {
				assertThat(awaitTwoTraces(receiver, task)).allSatisfy((id) -> {
					ReceivedTrace trace = new ReceivedTrace(id, receiver);
					LogRecord line = trace.awaitLine(task);
					Span run = trace.awaitSpan(Span.SpanKind.SPAN_KIND_INTERNAL);
					Span call = trace.awaitSpan(Span.SpanKind.SPAN_KIND_CLIENT);
					Span answer = trace.awaitSpan(Span.SpanKind.SPAN_KIND_SERVER, "/called");
					assertThat(run.getParentSpanId()).isEqualTo(ByteString.EMPTY);
					assertThat(line.getSpanId()).isEqualTo(run.getSpanId());
					assertThat(call.getParentSpanId()).isEqualTo(run.getSpanId());
					assertThat(answer.getParentSpanId()).isEqualTo(call.getSpanId());
					trace.awaitLine("Called");
				});
			}
		}
	}

	private static Set<ByteString> awaitTwoTraces(OtlpReceiver receiver, String line) {
		return await().until(() -> receiver.logRecords()
			.stream()
			.filter((logRecord) -> logRecord.getBody().getStringValue().equals(line))
			.map(LogRecord::getTraceId)
			.distinct()
			.limit(2)
			.collect(Collectors.toSet()), (traces) -> traces.size() == 2);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	@Import(Tasks.class)
	static class Scheduling {

	}

	static class Tasks {

		private static final Logger logger = LoggerFactory.getLogger(Tasks.class);

		private final RestClient called;

		Tasks(@Value("${called.url}") String url, RestClient.Builder builder) {
			this.called = builder.baseUrl(url).build();
		}

		@Scheduled(fixedDelay = 300)
		void byDelay() {
			logger.info("Task by delay");
			call();
		}

		@Scheduled(cron = "* * * * * *")
		void byCron() {
			logger.info("Task by cron");
			call();
		}

		private void call() {
			this.called.get().uri("/called").retrieve().toBodilessEntity();
		}

	}

}
