package io.flowforge.observability.tracing.semconv;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

import com.google.protobuf.ByteString;
import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.SemanticConventions;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.server.observation.OpenTelemetryServerRequestObservationConvention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A service whose metrics are in OpenTelemetry's words, too, and hardly any of whose
 * requests are sampled.
 */
class OpenTelemetryConventionTests {

	private static final String METRIC = "http_server_request_duration_seconds";

	private static final Duration WAIT = Duration.ofSeconds(30);

	private static final OtlpReceiver receiver = OtlpReceiver.start();

	private static final TestService service = TestService.start(new Class<?>[] { Convention.class },
			"flowforge.observability.otlp.endpoint=" + receiver.endpoint(),
			"flowforge.observability.alerts.latency-p99=45s", "flowforge.observability.tracing.client-address=true",
			"flowforge.observability.tracing.user-agent=true", "management.tracing.sampling.probability=0",
			"management.opentelemetry.tracing.export.schedule-delay=100ms",
			"management.opentelemetry.logging.export.schedule-delay=100ms", "logging.threshold.console=off");

	@AfterAll
	static void stop() {
		service.close();
		receiver.close();
	}

	@Test
	void failedRequestHasItsSpanItsEventAndAnExemplarInABucketAroundTheLimit() {
		HttpResponse<String> response = service.send("/handled/7", "User-Agent", "curl/8.0");
		String traceId = response.headers().firstValue("X-Trace-Id").orElseThrow();
		Span request = await()
			.until(() -> receiver.spans()
				.stream()
				.filter((span) -> span.getTraceId().equals(ByteString.copyFrom(HexFormat.of().parseHex(traceId))))
				.findFirst(), (span) -> span.isPresent())
			.orElseThrow();
		assertThat(request.getName()).isEqualTo("GET /handled/{id}");
		assertThat(request.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
		assertThat(request.getAttributesList()).contains(number("http.response.status_code", 500),
				text("user_agent.original", "curl/8.0"), text("client.address", "127.0.0.1"));
		assertThat(SemanticConventions.stable().unknownAttributes(request)).isEmpty();
		await().atMost(WAIT).untilAsserted(() -> assertThat(receiver.logRecords()).anySatisfy((line) -> {
			assertThat(line.getSpanId()).isEqualTo(request.getSpanId());
			assertThat(line.getAttributesList()).contains(text("http.route", "/handled/{id}"));
		}));
		await().atMost(WAIT).untilAsserted(() -> assertThat(buckets("le=\"45.0\"")).isNotEmpty());
		assertThat(buckets("http_route=\"/handled/{id}\"")).hasSize(13)
			.allMatch((line) -> line.contains("error_type=\"none\",http_request_method=\"GET\","
					+ "http_response_status_code=\"500\",http_route=\"/handled/{id}\",outcome=\"SERVER_ERROR\","
					+ "starter=\"flowforge\",url_scheme=\"http\""))
			.anyMatch((line) -> line.contains(traceId));
	}

	@Test
	void requestThatSucceedsIsNotSampled() {
		service.send("/hello");
		await().atMost(WAIT)
			.untilAsserted(() -> assertThat(buckets("http_route=\"/hello\"")).isNotEmpty()
				.noneMatch((line) -> line.contains("trace_id")));
		assertThat(receiver.spans()).noneMatch((span) -> span.getName().endsWith("/hello"));
	}

	private static List<String> buckets(String label) {
		return service.scrapeOpenMetrics()
			.lines()
			.filter((line) -> line.startsWith(METRIC + "_bucket{") && line.contains(label))
			.toList();
	}

	private static KeyValue text(String key, String value) {
		return KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setStringValue(value)).build();
	}

	private static KeyValue number(String key, long value) {
		return KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setIntValue(value)).build();
	}

	@Configuration(proxyBeanMethods = false)
	@Import(HttpSpansTests.Controller.class)
	static class Convention {

		@Bean
		OpenTelemetryServerRequestObservationConvention convention() {
			return new OpenTelemetryServerRequestObservationConvention();
		}

	}

}
