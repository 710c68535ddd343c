package io.flowforge.observability.tracing;

import io.flowforge.observability.testing.TestService;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The headers in which a request may say which trace it belongs to.
 */
class PropagationTests {

	private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

	private static final String SPAN_ID = "00f067aa0ba902b7";

	private static final String W3C = "00-" + TRACE_ID + "-" + SPAN_ID + "-01";

	private static final String B3 = TRACE_ID + "-" + SPAN_ID + "-1";

	@Test
	void traceContextOnlyByDefault() {
		try (TestService service = TestService.start()) {
			assertThat(traceId(service, "traceparent", W3C)).isEqualTo(TRACE_ID);
			assertThat(traceId(service, "b3", B3)).isNotEqualTo(TRACE_ID);
		}
	}

	@Test
	void formatsThatTheServiceConfigures() {
		try (TestService service = TestService.start("management.tracing.propagation.consume=w3c,b3")) {
			assertThat(traceId(service, "traceparent", W3C)).isEqualTo(TRACE_ID);
			assertThat(traceId(service, "b3", B3)).isEqualTo(TRACE_ID);
		}
	}

	private static String traceId(TestService service, String header, String value) {
		return service.send("/hello", header, value).headers().firstValue("X-Trace-Id").orElseThrow();
	}

}
