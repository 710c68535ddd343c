package io.flowforge.observability.integration;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Spring Security observes its filters and decisions. For requests to actuator endpoints,
 * allowed and refused ones, these are no spans; for others they are below the request's.
 */
class SecurityTests {

	private static final String[] SAMPLED = { "traceparent",
			"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" };

	private static final String[] SIGNED_IN = { "Authorization",
			"Basic " + Base64.getEncoder().encodeToString("ann:secret".getBytes(StandardCharsets.UTF_8)) };

	private static final String[] WRONG_PASSWORD = { "Authorization",
			"Basic " + Base64.getEncoder().encodeToString("ann:guess".getBytes(StandardCharsets.UTF_8)) };

	private final OtlpReceiver receiver = OtlpReceiver.start();

	@AfterEach
	void stop() {
		this.receiver.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "parent_based_trace_id_ratio", "always_on" })
	void requestsToEndpointsLeaveNoSpans(String sampler) {
		try (TestService service = start("management.opentelemetry.tracing.sampler=" + sampler,
				"management.endpoint.health.probes.add-additional-paths=true")) {
			for (String path : List.of("/actuator/health", "/livez", "/readyz")) {
				assertThat(service.send(path).statusCode()).as(path).isEqualTo(200);
				assertThat(service.send(path, SAMPLED).statusCode()).as(path).isEqualTo(200);
			}
			assertThat(service.send("/actuator/prometheus").statusCode()).isEqualTo(401);
			assertThat(service.send("/actuator/prometheus", SAMPLED).statusCode()).isEqualTo(401);
			assertThat(service.send("/actuator/prometheus", WRONG_PASSWORD).statusCode()).isEqualTo(401);
			assertThat(service.send("/actuator/missing", SIGNED_IN).statusCode()).isEqualTo(404);
			assertOnlyOrdinaryRequestsAreTraced(service);
			assertThat(service.send("/actuator/prometheus", SIGNED_IN).body())
				.containsPattern("http_server_requests_seconds_count\\{.*uri=\"/livez\"")
				.containsPattern("http_server_requests_seconds_count\\{.*status=\"401\"")
				.contains("spring_security_authorizations_seconds_count");
		}
	}

	@Test
	void requestsToTheManagementPortLeaveNoSpans() {
		try (TestService service = start("management.server.port=0", "management.server.address=127.0.0.1",
				"management.server.base-path=/ops")) {
			assertThat(service.sendToManagementPort("/ops/actuator/health").statusCode()).isEqualTo(200);
			assertThat(service.sendToManagementPort("/ops/actuator/health", SAMPLED).statusCode()).isEqualTo(200);
			assertThat(service.sendToManagementPort("/ops/actuator/prometheus").statusCode()).isEqualTo(401);
			assertThat(service.sendToManagementPort("/ops/actuator/prometheus", SAMPLED).statusCode()).isEqualTo(401);
			assertThat(service.sendToManagementPort("/ops/missing", SIGNED_IN).statusCode()).isEqualTo(404);
			assertOnlyOrdinaryRequestsAreTraced(service);
			assertThat(service.sendToManagementPort("/ops/actuator/prometheus", SIGNED_IN).body())
				.contains("spring_security_authorizations_seconds_count");
		}
	}

	private TestService start(String... properties) {
		return TestService.start(Stream
			.concat(Arrays.stream(properties),
					Stream.of("flowforge.observability.otlp.endpoint=" + this.receiver.endpoint(), "without.security=",
							"spring.security.user.name=ann", "spring.security.user.password=secret"))
			.toArray(String[]::new));
	}

	private void assertOnlyOrdinaryRequestsAreTraced(TestService service) {
		HttpResponse<String> refused = service.send("/hello");
		assertThat(refused.statusCode()).isEqualTo(401);
		HttpResponse<String> allowed = service.send("/hello", SIGNED_IN);
		assertThat(allowed.statusCode()).isEqualTo(200);
		await().untilAsserted(() -> {
			assertThat(requests()).extracting(Span::getName).containsExactly("GET /hello", "GET /hello");
			assertThat(requests()).extracting(SecurityTests::traceId)
				.containsExactlyInAnyOrder(traceId(refused), traceId(allowed));
			assertThat(this.receiver.spans()).filteredOn((span) -> traceId(span).equals(traceId(allowed)))
				.extracting(Span::getName)
				.contains("authenticate usernamepassword", "authorize request", "secured request");
		});
		assertThat(this.receiver.spans()).extracting(SecurityTests::traceId)
			.containsOnly(traceId(refused), traceId(allowed));
	}

	private List<Span> requests() {
		return this.receiver.spans().stream().filter((span) -> span.getParentSpanId().isEmpty()).toList();
	}

	private static String traceId(Span span) {
		return HexFormat.of().formatHex(span.getTraceId().toByteArray());
	}

	private static String traceId(HttpResponse<String> response) {
		return response.headers().firstValue("X-Trace-Id").orElse("none");
	}

}
