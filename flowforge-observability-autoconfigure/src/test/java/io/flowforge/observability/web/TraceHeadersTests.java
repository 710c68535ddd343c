package io.flowforge.observability.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import io.flowforge.observability.testing.TestService;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;

import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The trace headers of a response are those of the service that answers, and there is one
 * of each, on real servers.
 */
class TraceHeadersTests {

	@ParameterizedTest
	@EnumSource
	void gatewayDoesNotPassOnTheHeadersOfTheServiceBehindIt(Container container) {
		try (TestService upstream = TestService.start(); TestService gateway = start(container)) {
			String port = upstream.context().getEnvironment().getRequiredProperty("local.server.port");
			for (String way : List.of("entity", "entity-async", "servlet", "servlet-set", "stream")) {
				for (String path : List.of("/hello", "/fail")) {
					String request = "/gateway/" + way + "?uri=http://127.0.0.1:" + port + path;
					assertOwnHeadersOnce(gateway, request);
				}
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void headersSurviveWhateverIsDoneToTheResponse(Container container) {
		try (TestService service = start(container)) {
			for (String path : List.of("/reset", "/reset-async", "/reset-in-async-dispatch", "/reset-buffer",
					"/send-error", "/reset-and-send-error", "/reset-and-fail", "/redirect", "/fail", "/fail-async",
					"/page-resets", "/page-fails")) {
				assertOwnHeadersOnce(service, path);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void headersSurviveAFailureWithoutAnErrorPage(Container container) {
		try (TestService service = start(container, "spring.autoconfigure.exclude="
				+ "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration")) {
			for (String path : List.of("/fail", "/fail-async", "/fail-filter", "/page-fails", "/missing")) {
				assertOwnHeadersOnce(service, path);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void headersThatAreOffArePassedOn(Container container) {
		try (TestService upstream = TestService.start();
				TestService gateway = start(container, "flowforge.observability.web.trace-id-header=",
						"flowforge.observability.web.traceresponse-header=")) {
			String uri = "http://127.0.0.1:" + upstream.context().getEnvironment().getProperty("local.server.port");
			assertThat(gateway.send("/gateway/servlet?uri=" + uri + "/hello").headers().allValues("X-Trace-Id"))
				.hasSize(1)
				.doesNotContain(gateway.context().getBean(LastRequest.class).traceId);
		}
	}

	@ParameterizedTest
	@EnumSource
	void browsersMayReadTheHeadersIfAskedFor(Container container) {
		String[] crossOrigin = { "Origin", "https://shop.example" };
		try (TestService service = start(container, "flowforge.observability.web.expose-headers=true")) {
			for (String path : List.of("/cross-origin", "/cross-origin-reset")) {
				assertThat(exposedBy(service.send(path, crossOrigin))).as(path).contains("x-trace-id", "traceresponse");
			}
			assertThat(exposedBy(service.send("/cross-origin", crossOrigin))).contains("x-total")
				.doesNotHaveDuplicates();
			assertThat(exposedBy(service.send("/hello"))).isEmpty();
		}
		try (TestService service = start(container)) {
			assertThat(exposedBy(service.send("/cross-origin", crossOrigin))).containsExactly("x-total");
		}
	}

	private static List<String> exposedBy(HttpResponse<String> response) {
		return response.headers()
			.allValues(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS)
			.stream()
			.flatMap((value) -> List.of(value.toLowerCase(Locale.ROOT).split(",\\s*")).stream())
			.toList();
	}

	private static void assertOwnHeadersOnce(TestService service, String path) {
		HttpResponse<String> response = service.send(path);
		String traceId = service.context().getBean(LastRequest.class).traceId;
		assertThat(traceId).as(path).matches("[0-9a-f]{32}");
		assertThat(response.headers().allValues("X-Trace-Id")).as(path).containsExactly(traceId);
		assertThat(response.headers().allValues("traceresponse")).as(path)
			.singleElement()
			.asString()
			.matches("00-" + traceId + "-[0-9a-f]{16}-01");
	}

	private static TestService start(Container container, String... properties) {
		return TestService.start(new Class<?>[] { container.configuration }, properties);
	}

	private enum Container {

		TOMCAT(TomcatServer.class), JETTY(JettyServer.class);

		private final Class<?> configuration;

		Container(Class<?> configuration) {
			this.configuration = configuration;
		}

	}

	@Order(0)
	static class LastRequest extends OncePerRequestFilter {

		private volatile String traceId = "none";

		@Override
		protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws ServletException, IOException {
			this.traceId = String.valueOf(MDC.get("traceId"));
			chain.doFilter(request, response);
		}

	}

	@RestController
	static class Gateway {

		private final HttpClient client = HttpClient.newHttpClient();

		@GetMapping("/gateway/entity")
		ResponseEntity<String> entity(@RequestParam URI uri) throws Exception {
			HttpResponse<String> upstream = call(uri);
			HttpHeaders headers = new HttpHeaders();
			upstream.headers().map().forEach(headers::addAll);
			headers.remove(HttpHeaders.TRANSFER_ENCODING);
			return ResponseEntity.status(upstream.statusCode()).headers(headers).body(upstream.body());
		}

		@GetMapping("/gateway/entity-async")
		CompletableFuture<ResponseEntity<String>> entityLater(@RequestParam URI uri) {
			return CompletableFuture.supplyAsync(() -> {
				try {
					return entity(uri);
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
			});
		}

		@GetMapping("/gateway/servlet")
		void servlet(@RequestParam URI uri, HttpServletResponse response) throws Exception {
			HttpResponse<String> upstream = call(uri);
			response.setStatus(upstream.statusCode());
			copyHeaders(upstream, response);
			response.getWriter().write(upstream.body());
		}

		@GetMapping("/gateway/servlet-set")
		void servletSet(@RequestParam URI uri, HttpServletResponse response) throws Exception {
			HttpResponse<String> upstream = call(uri);
			response.setStatus(upstream.statusCode());
			upstream.headers().map().forEach((name, values) -> {
				if (!name.startsWith(":") && !name.equals("transfer-encoding")) {
					response.setHeader(name, values.get(0));
				}
			});
			response.getWriter().write(upstream.body());
		}

		@GetMapping("/gateway/stream")
		StreamingResponseBody stream(@RequestParam URI uri, HttpServletResponse response) throws Exception {
			HttpResponse<String> upstream = call(uri);
			copyHeaders(upstream, response);
			return (out) -> out.write(upstream.body().getBytes(StandardCharsets.UTF_8));
		}

		private HttpResponse<String> call(URI uri) throws Exception {
			return this.client.send(HttpRequest.newBuilder(uri).version(HttpClient.Version.HTTP_1_1).build(),
					HttpResponse.BodyHandlers.ofString());
		}

		private static void copyHeaders(HttpResponse<String> upstream, HttpServletResponse response) {
			upstream.headers().map().forEach((name, values) -> {
				if (!name.equals("transfer-encoding")) {
					values.forEach((value) -> response.addHeader(name, value));
				}
			});
		}

	}

	@RestController
	static class Responses {

		@GetMapping("/reset")
		void reset(HttpServletResponse response) throws IOException {
			response.reset();
			response.getWriter().write("reset");
		}

		@GetMapping("/reset-async")
		Callable<String> resetLater(HttpServletResponse response) {
			return () -> {
				response.reset();
				return "reset";
			};
		}

		// Without arguments: the dispatch gets the container's own response.
		@GetMapping("/reset-in-async-dispatch")
		void resetInAsyncDispatch(HttpServletRequest request) {
			request.startAsync().getResponse().reset();
			request.getAsyncContext().dispatch("/reset");
		}

		@GetMapping("/reset-buffer")
		void resetBuffer(HttpServletResponse response) throws IOException {
			response.getWriter().write("half a");
			response.resetBuffer();
			response.getWriter().write("reset");
		}

		@GetMapping("/send-error")
		void sendError(HttpServletResponse response) throws IOException {
			response.sendError(HttpServletResponse.SC_GONE);
		}

		@GetMapping("/reset-and-send-error")
		void resetAndSendError(HttpServletResponse response) throws IOException {
			response.reset();
			response.sendError(HttpServletResponse.SC_GONE);
		}

		@GetMapping("/reset-and-fail")
		void resetAndFail(HttpServletResponse response) {
			response.reset();
			throw new IllegalStateException("This request fails");
		}

		@GetMapping("/redirect")
		void redirect(HttpServletResponse response) throws IOException {
			response.sendRedirect("/hello");
		}

		@GetMapping({ "/page-resets", "/page-fails" })
		void failWithItsPage() {
			throw new IllegalStateException("This request fails");
		}

		@GetMapping("/cross-origin")
		@CrossOrigin(origins = "https://shop.example", exposedHeaders = "X-Total")
		String crossOrigin() {
			return "hello";
		}

		@GetMapping("/cross-origin-reset")
		@CrossOrigin(origins = "https://shop.example")
		void crossOriginReset(HttpServletResponse response) {
			response.reset();
		}

	}

	@RestController
	static class Page implements ErrorController {

		@RequestMapping("/error")
		String error(HttpServletRequest request, HttpServletResponse response) {
			Object path = request.getAttribute("jakarta.servlet.error.request_uri");
			int status = response.getStatus();
			if ("/page-resets".equals(path)) {
				response.reset();
				response.setStatus(status);
			}
			if ("/page-fails".equals(path)) {
				throw new IllegalStateException("This page fails");
			}
			return "error";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ LastRequest.class, Gateway.class, Responses.class, Page.class })
	static class TomcatServer {

		@Bean
		TomcatServletWebServerFactory webServer() {
			return new TomcatServletWebServerFactory();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ LastRequest.class, Gateway.class, Responses.class, Page.class })
	static class JettyServer {

		@Bean
		JettyServletWebServerFactory webServer() {
			return new JettyServletWebServerFactory();
		}

	}

}
