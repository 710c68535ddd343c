package io.flowforge.observability.integration;

import io.flowforge.observability.testing.ScriptedReceiver;
import io.flowforge.observability.testing.ScriptedReceiver.Script;
import io.flowforge.observability.testing.TelemetryItems;
import io.flowforge.observability.testing.TestService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A service with OkHttp's sender on its class path, which can send gRPC, too.
 */
@ExtendWith(OutputCaptureExtension.class)
class OkHttpSenderTests {

	@Test
	void itemsRejectedOverGrpcHaveFailed(CapturedOutput output) throws Exception {
		try (GrpcReceiver grpc = new GrpcReceiver();
				ScriptedReceiver http = ScriptedReceiver.start(Script.of(ScriptedReceiver.OK));
				TestService service = TestService.start(
						"management.opentelemetry.tracing.export.otlp.endpoint=" + grpc.endpoint(),
						"management.opentelemetry.tracing.export.otlp.transport=grpc",
						"flowforge.observability.otlp.endpoint=http://localhost:" + http.port())) {
			service.get("/hello");
			service.get("/hello");
			await().untilAsserted(() -> {
				TelemetryItems items = TelemetryItems.of(service.scrape(), "traces");
				assertThat(items.failed()).isEqualTo(grpc.rejected()).isPositive();
				assertThat(items.exported()).isEqualTo(grpc.accepted());
				assertThat(items.queued()).isZero();
			});
			assertThat(output).containsOnlyOnce("Telemetry cannot be delivered")
				.contains("items were rejected: span is too old\"");
			await().untilAsserted(() -> assertThat(http.requests()).isNotEmpty().noneSatisfy(this::isFromOkHttp));
		}
	}

	@Test
	void sendsWhatTheServiceHasChosenItFor() {
		try (ScriptedReceiver http = ScriptedReceiver.start(Script.of(ScriptedReceiver.OK));
				TestService service = TestService.start(
						"io.opentelemetry.sdk.common.export.HttpSenderProvider="
								+ "io.opentelemetry.exporter.sender.okhttp.internal.OkHttpHttpSenderProvider",
						"flowforge.observability.otlp.endpoint=http://localhost:" + http.port())) {
			service.get("/hello");
			await().untilAsserted(() -> assertThat(http.requests()).isNotEmpty().allSatisfy(this::isFromOkHttp));
		}
	}

	// This library's sender does not say what it accepts.
	private void isFromOkHttp(ScriptedReceiver.Request request) {
		assertThat(request.header("Accept-Encoding")).isNotNull();
	}

}
