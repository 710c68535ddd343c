package io.flowforge.observability.test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestMethodOrder;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a team's tests see of the telemetry of its service. The classes inside run one
 * after the other; the first and the last share an application context.
 */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class CapturedTelemetryTests {

	// Longer than the default: the first request on a busy machine.
	private static final Duration PATIENT = Duration.ofSeconds(30);

	// Else it asks for HTTP/2 with every request.
	private static final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static void get(int port, String path) throws Exception {
		client.send(request(port, path), HttpResponse.BodyHandlers.discarding());
	}

	private static HttpRequest request(int port, String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
	}

	@Nested
	@Order(1)
	@SpringBootTest(classes = Shop.class, webEnvironment = WebEnvironment.RANDOM_PORT,
			properties = { "spring.threads.virtual.enabled=true",
					"management.opentelemetry.tracing.export.schedule-delay=1h",
					"management.opentelemetry.logging.export.schedule-delay=1h" })
	@AutoConfigureTelemetryCapture
	@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
	class OfAServer {

		private final CapturedTelemetry telemetry;

		private final int port;

		OfAServer(@Autowired CapturedTelemetry telemetry, @LocalServerPort int port) {
			this.telemetry = telemetry;
			this.port = port;
		}

		@Test
		@Order(1)
		void spansThatAreStillToCome() {
			client.sendAsync(request(this.port, "/orders/17?token=sesame"), HttpResponse.BodyHandlers.discarding());
			assertThat(this.telemetry).within(PATIENT)
				.hasSpan("GET /orders/{id}")
				.withKind(SpanKind.SERVER)
				.withStatus(StatusCode.UNSET)
				.withAttribute("http.response.status_code", 200)
				.withAttribute("http.route", "/orders/{id}")
				.withChild("find order");
			assertThat(this.telemetry.spans()).hasSize(2);
			assertThat(this.telemetry).hasNoSpan("GET /broken/{id}");
		}

		@Test
		@Order(2)
		void failedSpansAndRedactedLogRecords() throws Exception {
			get(this.port, "/broken/17");
			SpanData span = assertThat(this.telemetry).within(PATIENT)
				.hasSpan("GET /broken/{id}")
				.withStatus(StatusCode.ERROR)
				.withAttribute("http.response.status_code", 500L)
				.actual();
			assertThat(this.telemetry).hasLogRecord("Order 17 cannot be read: http://stock/orders?token=[redacted]")
				.withSeverity(Severity.ERROR)
				.inTraceOf(span)
				.inTraceOf("GET /broken/{id}");
			assertThat(this.telemetry).hasLogRecord("Servlet.service()")
				.withAttribute("exception.type", "java.lang.IllegalStateException")
				.inTraceOf(span);
			assertThat(this.telemetry).hasNoLogRecord("sesame");
		}

		@Test
		@Order(3)
		void metrics(@Autowired MeterRegistry meters) throws Exception {
			get(this.port, "/orders/17");
			get(this.port, "/orders/18");
			get(this.port, "/broken/19");
			meters.counter("odd.names", "text", "a \"quoted\" \\n, {and} more").increment(3);
			assertThat(this.telemetry).within(PATIENT)
				.hasMetric("flowforge_http_requests_total")
				.withTag("failed", "false")
				.withValue(2);
			assertThat(this.telemetry).within(PATIENT)
				.hasMetric("flowforge_http_requests_total")
				.withTag("failed", "true")
				.withValue(1);
			assertThat(this.telemetry).hasMetric("orders_shown_total").withTag("kind", "plain").withValue(2);
			assertThat(this.telemetry).hasMetric("odd_names_total")
				.withTag("text", "a \"quoted\" \\n, {and} more")
				.withValue(3);
			assertThat(this.telemetry).hasMetric("http_server_requests_seconds_count")
				.withTag("uri", "/orders/{id}")
				.withValue(2);
			assertThat(this.telemetry).hasMetric("flowforge_alert_threshold")
				.withTag("alert", "latency_p99_seconds")
				.withValue(2);
			assertThat(this.telemetry).hasNoMetric("orders_shown_total", "kind", "express")
				.hasNoMetric("orders_refused_total");
		}

		@Test
		@Order(4)
		void nothingOfEarlierTests() {
			assertThat(this.telemetry.spans()).isEmpty();
			assertThat(this.telemetry.logRecords()).isEmpty();
			assertThat(this.telemetry).hasNoMetric("orders_shown_total").hasNoMetric("flowforge_http_requests_total");
		}

		@Test
		@Order(5)
		void failuresSayWhatWasCaptured() throws Exception {
			get(this.port, "/broken/17");
			assertThat(this.telemetry).within(PATIENT).hasSpan("GET /broken/{id}");
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> assertThat(this.telemetry).as("refund")
					.within(Duration.ofMillis(1))
					.hasSpan("GET /broken/{id}")
					.withStatus(StatusCode.OK))
				.withMessageMatching(
						"""
								\\[refund] Expected a span 'GET /broken/\\{id}' with status OK within 1 ms\\. Captured:
								  'GET /broken/\\{id}' SERVER ERROR \\{.*http\\.response\\.status_code=500.*} trace=\\p{XDigit}{32} span=\\p{XDigit}{16} parent=none""");
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> assertThat(this.telemetry).hasNoLogRecord("cannot be read"))
				.withMessageMatching(
						"(?s)Expected no log record 'cannot be read'\\. Captured:\n  ERROR 'Order 17 cannot be read: .*");
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> assertThat(this.telemetry).within(Duration.ZERO)
					.hasMetric("flowforge_alert_threshold")
					.withTag("alert", "error_ratio")
					.withValue(7))
				.withMessageContaining(
						"Expected a metric 'flowforge_alert_threshold' with alert=\"error_ratio\" with value 7.0 within 0 ms. Captured:\n")
				.withMessageContaining("\n  flowforge_alert_threshold{alert=error_ratio} 0.05");
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> assertThat(this.telemetry).within(Duration.ZERO).hasMetric("orders_lost_total"))
				.withMessageContaining("\n  flowforge_alert_threshold\n");
		}

	}

	@Nested
	@Order(2)
	@SpringBootTest(classes = Shop.class, properties = { "management.tracing.sampling.probability=0" })
	@AutoConfigureMockMvc
	@AutoConfigureTelemetryCapture
	class OfMockMvc {

		@Autowired
		private MockMvcTester mvc;

		@Autowired
		private CapturedTelemetry telemetry;

		@Test
		void failedRequestsWhereNoneIsSampled() {
			assertThat(this.mvc.get().uri("/orders/17")).hasStatusOk();
			assertThat(this.mvc.get().uri("/broken/17")).hasFailed();
			assertThat(this.telemetry).within(PATIENT).hasSpan("GET /broken/{id}").withStatus(StatusCode.ERROR);
			assertThat(this.telemetry).hasLogRecord("Order 17 is shown").withAttribute("order", "17");
			assertThat(this.telemetry).hasMetric("orders_shown_total").withValue(1);
			assertThat(this.telemetry).hasMetric("http_server_requests_seconds_count").withValue(2);
			assertThat(this.telemetry).hasNoSpan("GET /orders/{id}");
			// There is no container, which counts requests.
			assertThat(this.telemetry).hasNoMetric("flowforge_http_requests_total");
		}

	}

	@Nested
	@Order(3)
	@SpringBootTest(classes = Shop.class, webEnvironment = WebEnvironment.RANDOM_PORT,
			properties = { "spring.threads.virtual.enabled=true",
					"management.opentelemetry.tracing.export.schedule-delay=1h",
					"management.opentelemetry.logging.export.schedule-delay=1h" })
	@AutoConfigureTelemetryCapture
	class OfTheFirstServerAgain {

		@Test
		void nothingOfTheFirstClassButWhatIsNew(@Autowired CapturedTelemetry telemetry, @LocalServerPort int port)
				throws Exception {
			assertThat(telemetry.spans()).isEmpty();
			assertThat(telemetry.logRecords()).isEmpty();
			assertThat(telemetry).hasNoMetric("orders_shown_total");
			get(port, "/orders/17");
			assertThat(telemetry).within(PATIENT).hasSpan("GET /orders/{id}");
			assertThat(telemetry).hasLogRecord("Order 17 is shown").inTraceOf("find order");
		}

	}

}
