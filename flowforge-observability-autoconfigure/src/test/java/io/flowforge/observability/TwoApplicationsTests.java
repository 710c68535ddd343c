package io.flowforge.observability;

import java.util.List;

import io.flowforge.observability.testing.LibraryBeans;
import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two applications in one JVM: the end of one takes nothing from the other.
 */
class TwoApplicationsTests {

	@Test
	void eachExportsItsSpansAndTheEndOfTheSecondLeavesTheFirst() {
		try (OtlpReceiver firstReceiver = OtlpReceiver.start(); TestService first = start(firstReceiver)) {
			try (OtlpReceiver secondReceiver = OtlpReceiver.start(); TestService second = start(secondReceiver)) {
				second.get("/hello");
				await().untilAsserted(() -> assertThat(spans(secondReceiver)).contains("GET /hello"));
				assertThat(spans(firstReceiver)).isEmpty();
			}
			assertStillObserved(first, firstReceiver);
		}
	}

	@Test
	void endOfTheFirstLeavesTheSecond() {
		try (OtlpReceiver firstReceiver = OtlpReceiver.start(); OtlpReceiver secondReceiver = OtlpReceiver.start()) {
			TestService first = start(firstReceiver);
			try (TestService second = start(secondReceiver)) {
				first.close();
				assertStillObserved(second, secondReceiver);
			}
		}
	}

	private static TestService start(OtlpReceiver receiver) {
		return TestService.start("flowforge.observability.otlp.endpoint=" + receiver.endpoint(),
				"flowforge.observability.service.team=checkout",
				"management.opentelemetry.tracing.export.schedule-delay=100ms",
				"management.opentelemetry.logging.export.schedule-delay=100ms");
	}

	private static void assertStillObserved(TestService service, OtlpReceiver receiver) {
		String traceId = service.send("/fail").headers().firstValue("X-Trace-Id").orElseThrow();
		LoggerFactory.getLogger(TwoApplicationsTests.class)
			.atInfo()
			.addKeyValue("password", "hunter2")
			.log("The other has ended");
		await().untilAsserted(() -> {
			assertThat(spans(receiver)).contains("GET /fail");
			assertThat(receiver.logRecords()).extracting((line) -> line.getBody().getStringValue())
				.contains("The other has ended");
		});
		assertThat(receiver.logRecords().toString()).doesNotContain("hunter2");
		assertThat(service.scrape()).contains("flowforge_service_info{");
		assertThat(traceId).hasSize(32);
		assertThat(LibraryBeans.findings(service.context())).isEmpty();
	}

	private static List<String> spans(OtlpReceiver receiver) {
		return receiver.spans().stream().map((span) -> span.getName()).toList();
	}

}
