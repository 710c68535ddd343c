package io.flowforge.observability.integration;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.SemanticConventions;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.ImportHttpServices;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request goes on in the service that is called for it, whichever client calls.
 */
class HttpClientTests {

	private static final OtlpReceiver receiver = OtlpReceiver.start();

	private static final TestService called = CalledService.start(receiver);

	private static final TestService service = TestService.start(new Class<?>[] { CallingController.class },
			"flowforge.observability.otlp.endpoint=" + receiver.endpoint(),
			"spring.http.serviceclient.called.base-url=" + CalledService.url(called));

	@AfterAll
	static void stop() {
		service.close();
		called.close();
		receiver.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/rest-client", "/rest-template", "/http-interface", "/web-client", "/web-client-mono",
			"/web-client-future" })
	void calledServiceGoesOnWithTheTrace(String path) {
		HttpResponse<String> response = service.send(path);
		ReceivedTrace trace = ReceivedTrace.of(response, receiver);
		Span request = trace.awaitSpan(Span.SpanKind.SPAN_KIND_SERVER, path);
		Span call = trace.awaitSpan(Span.SpanKind.SPAN_KIND_CLIENT);
		Span answer = trace.awaitSpan(Span.SpanKind.SPAN_KIND_SERVER, "/called");
		assertThat(call.getParentSpanId()).isEqualTo(request.getSpanId());
		assertThat(response.body())
			.startsWith("00-" + ReceivedTrace.hex(call.getTraceId()) + "-" + ReceivedTrace.hex(call.getSpanId()) + "-");
		assertThat(answer.getParentSpanId()).isEqualTo(call.getSpanId());
		assertThat(trace.awaitLine("Called").getSpanId()).isEqualTo(answer.getSpanId());
		assertThat(call.getName()).isEqualTo("GET /called");
		assertThat(call.toString()).contains(CalledService.url(called) + "/called", "int_value: 200");
		assertThat(SemanticConventions.stable().unknownAttributes(call, "url.template")).isEmpty();
	}

	@Test
	void refusedCallOfWebClientIsAnError() {
		ReceivedTrace trace = ReceivedTrace.of(service.send("/web-client-refused"), receiver);
		Span call = trace.awaitSpan(Span.SpanKind.SPAN_KIND_CLIENT);
		assertThat(call.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
		assertThat(call.toString()).contains("error.type", "int_value: 404").doesNotContain("topsecret");
		assertThat(SemanticConventions.stable().unknownAttributes(call, "url.template")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/web-client", "/web-client-mono", "/web-client-future" })
	void lineOfAnOperatorCarriesTheTraceOfTheRequest(String path) {
		ReceivedTrace trace = ReceivedTrace.of(service.send(path), receiver);
		Span request = trace.awaitSpan(Span.SpanKind.SPAN_KIND_SERVER, path);
		assertThat(trace.awaitLine("Answered").getSpanId()).isEqualTo(request.getSpanId());
	}

	@Test
	void serviceStaysAServletOneWithWebFluxBeside() {
		assertThat(service.context()).isInstanceOf(ServletWebServerApplicationContext.class);
	}

	@RestController
	@ImportHttpServices(group = "called", types = CalledClient.class)
	static class CallingController {

		private static final Logger logger = LoggerFactory.getLogger(CallingController.class);

		private final RestClient restClient;

		private final RestTemplate restTemplate;

		private final WebClient webClient;

		private final CalledClient client;

		CallingController(@Value("${spring.http.serviceclient.called.base-url}") String url,
				RestClient.Builder restClient, RestTemplateBuilder restTemplate, WebClient.Builder webClient,
				CalledClient client) {
			this.restClient = restClient.baseUrl(url).build();
			this.restTemplate = restTemplate.baseUri(url).build();
			this.webClient = webClient.baseUrl(url).build();
			this.client = client;
		}

		@GetMapping("/rest-client")
		String restClient() {
			return this.restClient.get().uri("/called").retrieve().requiredBody(String.class);
		}

		@GetMapping("/rest-template")
		String restTemplate() {
			return this.restTemplate.getForObject("/called", String.class);
		}

		@GetMapping("/http-interface")
		String httpInterface() {
			return this.client.call();
		}

		@GetMapping("/web-client")
		String webClient() {
			return webClientMono().block();
		}

		@GetMapping("/web-client-mono")
		Mono<String> webClientMono() {
			return this.webClient.get()
				.uri("/called")
				.retrieve()
				.bodyToMono(String.class)
				.doOnNext((answer) -> logger.info("Answered"));
		}

		@GetMapping("/web-client-refused")
		Mono<String> refused() {
			return this.webClient.get()
				.uri("/missing?api_key={key}", "topsecret")
				.exchangeToMono((response) -> response.releaseBody().thenReturn("refused"));
		}

		@GetMapping("/web-client-future")
		CompletableFuture<String> webClientFuture() {
			return webClientMono().contextCapture().toFuture();
		}

	}

	interface CalledClient {

		@GetExchange("/called")
		String call();

	}

}
