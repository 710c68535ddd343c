package io.flowforge.observability.tracing.semconv;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.google.protobuf.ByteString;
import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.SemanticConventions;
import io.flowforge.observability.testing.TestService;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.http.server.observation.ServerRequestObservationConvention;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.filter.ServerHttpObservationFilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the spans of HTTP requests say, in the words of OpenTelemetry.
 */
class HttpSpansTests {

	private static final Duration WAIT = Duration.ofSeconds(30);

	private final OtlpReceiver receiver = OtlpReceiver.start();

	@AfterEach
	void stop() {
		this.receiver.close();
	}

	@Test
	void spansFollowTheConventions() throws Exception {
		try (TestService service = start(Controller.class)) {
			Span request = send(service, "/orders/17");
			assertThat(request.getName()).isEqualTo("GET /orders/{id}");
			assertThat(request.getStatus()).isEqualTo(Status.getDefaultInstance());
			assertThat(attributes(request)).containsOnly(Map.entry("http.request.method", "GET"),
					Map.entry("http.route", "/orders/{id}"), Map.entry("http.response.status_code", 200L),
					Map.entry("url.path", "/orders/17"), Map.entry("url.scheme", "http"),
					Map.entry("server.address", "127.0.0.1"), Map.entry("server.port", port(service)),
					Map.entry("network.protocol.version", "1.1"), Map.entry("customer.tier", "gold"));
			assertThat(unknown(request, "customer.tier")).isEmpty();

			Span failed = send(service, "/fail");
			assertThat(failed.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
			assertThat(attributes(failed)).containsEntry("http.response.status_code", 500L)
				.containsEntry("error.type", "500");
			assertThat(failed.getEventsList()).singleElement()
				.asString()
				.contains("exception.type", "This request fails");
			assertThat(unknown(failed)).isEmpty();

			Span withoutRoute = send(service, "/fail-filter");
			assertThat(withoutRoute.getName()).isEqualTo("GET");
			assertThat(attributes(withoutRoute)).doesNotContainKey("http.route");

			Span missing = send(service, "/missing");
			assertThat(missing.getStatus()).isEqualTo(Status.getDefaultInstance());
			assertThat(attributes(missing)).containsEntry("http.response.status_code", 404L)
				.doesNotContainKey("error.type");

			Span unknownMethod = span(send(service, "BREW", "/orders/17"), Span.SpanKind.SPAN_KIND_SERVER);
			assertThat(unknownMethod.getName()).startsWith("HTTP");
			assertThat(attributes(unknownMethod)).containsEntry("http.request.method", "_OTHER")
				.containsEntry("http.request.method_original", "BREW");
			assertThat(unknown(unknownMethod)).isEmpty();

			checkClientSpans(service);
		}
	}

	private void checkClientSpans(TestService service) {
		String address = "http://127.0.0.1:" + port(service);
		Span call = call(service, address.replace("//", "//user:pa55word@") + "/orders/{id}?api_key=topsecret");
		assertThat(call.getName()).isEqualTo("GET /orders/{id}");
		assertThat(call.getStatus()).isEqualTo(Status.getDefaultInstance());
		assertThat(attributes(call)).containsOnly(Map.entry("http.request.method", "GET"),
				Map.entry("url.template", "/orders/{id}"), Map.entry("http.response.status_code", 200L),
				Map.entry("url.full", address + "/orders/17?api_key=[redacted]"),
				Map.entry("server.address", "127.0.0.1"), Map.entry("server.port", port(service)));
		assertThat(unknown(call, "url.template")).isEmpty();
		assertThat(SemanticConventions.inDevelopment().types()).containsEntry("url.template", AttributeType.STRING);
		assertThat(attributes(call(service, address.replace("//", "//p@") + "/orders/{id}"))).containsEntry("url.full",
				address + "/orders/17");

		Span refused = call(service, address + "/missing");
		assertThat(refused.getName()).isEqualTo("GET /missing");
		assertThat(refused.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
		assertThat(attributes(refused)).containsEntry("http.response.status_code", 404L)
			.containsEntry("error.type", "404");
		assertThat(unknown(refused, "url.template")).isEmpty();

		Span unanswered = call(service, "http://127.0.0.1:1");
		assertThat(unanswered.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
		assertThat(attributes(unanswered)).doesNotContainKey("http.response.status_code")
			.extractingByKey("error.type")
			.asString()
			.endsWith("Exception");
		assertThat(unknown(unanswered, "url.template")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.0", "0.01" })
	void handledFailureIsAnErrorInTheSpanTheAccessLogAndAsBeforeInMetrics(String probability) {
		try (TestService service = start(Controller.class, "management.tracing.sampling.probability=" + probability)) {
			Span request = send(service, "/handled/7");
			assertThat(request.getName()).isEqualTo("GET /handled/{id}");
			assertThat(request.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
			assertThat(attributes(request)).containsEntry("http.response.status_code", 500L)
				.containsEntry("error.type", "500");
			assertThat(unknown(request)).isEmpty();
			Map<String, Object> spansWords = attributes(request);
			spansWords.keySet().retainAll(List.of("http.request.method", "http.route", "http.response.status_code"));
			assertThat(accessLogEvent(request)).containsAllEntriesOf(spansWords);
			assertMetric(service,
					"exception=\"none\",method=\"GET\",outcome=\"SERVER_ERROR\",starter=\"flowforge\",status=\"500\","
							+ "uri=\"/handled/{id}\"");
		}
	}

	@Test
	void micrometersConventionsCanBeChosen() {
		try (TestService service = start(Controller.class, "flowforge.observability.tracing.conventions=micrometer")) {
			Span request = send(service, "/handled/7");
			assertThat(request.getName()).isEqualTo("http get /handled/{id}");
			assertThat(attributes(request)).containsOnly(Map.entry("method", "GET"), Map.entry("uri", "/handled/{id}"),
					Map.entry("status", "500"), Map.entry("outcome", "SERVER_ERROR"), Map.entry("exception", "none"),
					Map.entry("http.url", "/handled/7"));
			assertThat(request.getStatus().getCode()).as("the same in both")
				.isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
			Span refused = call(service, "http://127.0.0.1:" + port(service) + "/missing");
			assertThat(refused.getName()).isEqualTo("http get");
			assertThat(refused.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
			assertMetric(service,
					"exception=\"none\",method=\"GET\",outcome=\"SERVER_ERROR\",starter=\"flowforge\",status=\"500\","
							+ "uri=\"/handled/{id}\"");
		}
	}

	@Test
	void beansOfTheServiceWin() {
		try (TestService service = start(OwnBeans.class, "management.tracing.sampling.probability=0")) {
			Span request = send(service, "/handled/7");
			assertThat(request.getName()).isEqualTo("handle /handled/{id}");
			assertThat(attributes(request)).containsEntry("tenant", "acme")
				.containsEntry("method", "GET")
				.doesNotContainKey("http.request.method");
			Span refused = call(service, "http://127.0.0.1:" + port(service) + "/fail");
			assertThat(refused.getName()).isEqualTo("http get");
			assertThat(attributes(refused)).containsEntry("status", "500").doesNotContainKey("url.full");
		}
	}

	private TestService start(Class<?> configuration, String... properties) {
		return TestService.start(new Class<?>[] { configuration },
				Stream.concat(Stream.of(properties),
						Stream.of("flowforge.observability.otlp.endpoint=" + this.receiver.endpoint(),
								"management.opentelemetry.tracing.export.schedule-delay=100ms",
								"management.opentelemetry.logging.export.schedule-delay=100ms",
								"logging.threshold.console=off"))
					.toArray(String[]::new));
	}

	private Span send(TestService service, String path) {
		return span(service.send(path), Span.SpanKind.SPAN_KIND_SERVER);
	}

	private Span call(TestService service, String template) {
		return span(service.send("/call?url=" + URLEncoder.encode(template, StandardCharsets.UTF_8)),
				Span.SpanKind.SPAN_KIND_CLIENT);
	}

	private static HttpResponse<String> send(TestService service, String method, String path)
			throws IOException, InterruptedException {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(service) + path))
				.version(HttpClient.Version.HTTP_1_1)
				.method(method, HttpRequest.BodyPublishers.noBody())
				.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static long port(TestService service) {
		return service.context().getEnvironment().getRequiredProperty("local.server.port", Long.class);
	}

	private Span span(HttpResponse<?> response, Span.SpanKind kind) {
		ByteString traceId = traceId(response);
		return await()
			.until(() -> this.receiver.spans()
				.stream()
				.filter((span) -> span.getTraceId().equals(traceId) && span.getKind() == kind)
				// A service that calls itself has two of the server's.
				.filter((span) -> kind == Span.SpanKind.SPAN_KIND_CLIENT || span.getParentSpanId().isEmpty())
				.findFirst(), (span) -> span.isPresent())
			.orElseThrow();
	}

	private static ByteString traceId(HttpResponse<?> response) {
		String id = response.headers().firstValue("X-Trace-Id").orElseThrow();
		return ByteString.copyFrom(HexFormat.of().parseHex(id));
	}

	private static Map<String, Object> attributes(Span span) {
		return attributes(span.getAttributesList());
	}

	private static Map<String, Object> attributes(List<io.opentelemetry.proto.common.v1.KeyValue> keyValues) {
		Map<String, Object> attributes = new TreeMap<>();
		keyValues.forEach((keyValue) -> attributes.put(keyValue.getKey(), keyValue.getValue().hasIntValue()
				? keyValue.getValue().getIntValue() : keyValue.getValue().getStringValue()));
		return attributes;
	}

	private static List<io.opentelemetry.proto.common.v1.KeyValue> unknown(Span span, String... besides) {
		return SemanticConventions.stable().unknownAttributes(span, besides);
	}

	private Map<String, Object> accessLogEvent(Span request) {
		LogRecord event = await()
			.until(() -> this.receiver.logRecords()
				.stream()
				.filter((line) -> line.getSpanId().equals(request.getSpanId()))
				.filter((line) -> line.getBody().getStringValue().startsWith("GET "))
				.findFirst(), (line) -> line.isPresent())
			.orElseThrow();
		return attributes(event.getAttributesList());
	}

	private static void assertMetric(TestService service, String labels) {
		await().atMost(WAIT)
			.untilAsserted(() -> assertThat(service.scrape())
				.contains("http_server_requests_seconds_count{error=\"none\"," + labels + "} 1"));
	}

	@RestController
	static class Controller {

		private final RestClient client;

		Controller(ObservationRegistry registry) {
			this.client = RestClient.builder().observationRegistry(registry).build();
		}

		@GetMapping("/orders/{id}")
		String order(@PathVariable int id, HttpServletRequest request) {
			ServerHttpObservationFilter.findObservationContext(request)
				.ifPresent((context) -> context.addHighCardinalityKeyValue(KeyValue.of("customer.tier", "gold")));
			return "order " + id;
		}

		@GetMapping("/handled/{id}")
		String handled(@PathVariable int id) {
			throw new UnsupportedOperationException("This failure is handled");
		}

		@ExceptionHandler
		@ResponseStatus(HttpStatus.INTERNAL_SERVER_ERROR)
		String handle(UnsupportedOperationException ex) {
			return "failed";
		}

		@GetMapping("/call")
		ResponseEntity<String> call(@RequestParam String url) {
			try {
				return this.client.get().uri(url, Map.of("id", 17)).retrieve().toEntity(String.class);
			}
			catch (RestClientException ex) {
				return ResponseEntity.status(HttpStatus.BAD_GATEWAY).build();
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Controller.class)
	static class OwnBeans {

		@Bean
		ServerRequestObservationConvention convention() {
			return new DefaultServerRequestObservationConvention() {

				@Override
				public String getContextualName(ServerRequestObservationContext context) {
					return "handle " + context.getPathPattern();
				}

				@Override
				public KeyValues getLowCardinalityKeyValues(ServerRequestObservationContext context) {
					return super.getLowCardinalityKeyValues(context).and("tenant", "acme");
				}

			};
		}

		@Bean
		@Order(0)
		PropagatingSenderTracingObservationHandler<?> senderHandler(Tracer tracer, Propagator propagator) {
			return new PropagatingSenderTracingObservationHandler<>(tracer, propagator);
		}

	}

}
