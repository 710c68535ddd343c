package io.flowforge.observability.web;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import com.google.protobuf.ByteString;
import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.valves.ValveBase;
import org.eclipse.jetty.server.Handler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.AbstractView;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What the caller and the container know of a request's trace, on real servers.
 */
class RequestTraceTests {

	private final OtlpReceiver receiver = OtlpReceiver.start();

	@AfterEach
	void stop() {
		this.receiver.close();
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, false", "TOMCAT, true", "JETTY, false", "JETTY, true" })
	void lineOfTheContainerCarriesTheIdsOfTheRequestThatFailed(Container container, boolean virtualThreads) {
		try (TestService service = start(container, virtualThreads)) {
			for (String path : List.of("/fail", "/fail-async", "/fail-later", "/fail-filter", "/fail-view")) {
				service.send(path);
				Span request = awaitSpan(path);
				LogRecord line = awaitLine(container, request.getTraceId());
				assertThat(line.getSpanId()).isEqualTo(request.getSpanId());
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, false", "TOMCAT, true", "JETTY, false", "JETTY, true" })
	void whatIsLoggedWhileTheErrorPageIsMadeCarriesTheIdsOfTheRequest(Container container, boolean virtualThreads) {
		try (TestService service = start(container, virtualThreads)) {
			for (String path : List.of("/fail", "/fail-async", "/fail-later", "/fail-filter", "/missing")) {
				service.send(path);
				Span request = awaitSpan(path);
				LogRecord line = awaitLine("The page of " + path);
				assertThat(line.getTraceId()).isEqualTo(request.getTraceId());
				assertThat(line.getSpanId()).isEqualTo(request.getSpanId());
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, false", "TOMCAT, true", "JETTY, false", "JETTY, true" })
	void linesOfTheContainerOnAnErrorPageThatFailsCarryTheIdsOfTheRequest(Container container, boolean virtualThreads) {
		try (TestService service = start(container, virtualThreads)) {
			service.send("/fail-with-its-page");
			ByteString traceId = awaitSpan("/fail-with-its-page").getTraceId();
			awaitLine("The page of /fail-with-its-page");
			service.context().close();
			List<LogRecord> lines = this.receiver.logRecords()
				.stream()
				.filter((line) -> !line.getSeverityText().equals("INFO"))
				.toList();
			assertThat(lines).hasSizeGreaterThanOrEqualTo(2)
				.anyMatch((line) -> line.getBody().getStringValue().matches(container.line))
				.allSatisfy((line) -> assertThat(line.getTraceId()).isEqualTo(traceId))
				.allSatisfy((line) -> assertThat(line.getFlags() & 1).isOne());
		}
	}

	@ParameterizedTest
	@EnumSource
	void routeOfAnAsynchronousRequestThatFailsIsItsOwnAndNotThatOfTheErrorPage(Container container) {
		try (TestService service = start(container)) {
			service.send("/fail-async");
			assertThat(awaitSpan("/fail-async").getName()).isEqualTo("GET /fail-async");
			assertThat(service.scrape()).contains("uri=\"/fail-async\"").doesNotContain("uri=\"/error\"");
		}
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, false", "TOMCAT, true", "JETTY, false", "JETTY, true" })
	void noIdLeaksIntoTheNextRequestOfTheThread(Container container, boolean accessLog) throws Exception {
		try (TestService service = start(container, "server.tomcat.threads.max=1",
				"flowforge.observability.web.access-log.requests=all",
				"flowforge.observability.web.access-log.enabled=" + accessLog)) {
			Server server = service.context().getBean(container.configuration);
			List<String> paths = List.of("/fail", "/fail-async", "/fail-later", "/hello", "/missing", "/background",
					"/hello");
			for (int round = 0; round < 5; round++) {
				paths.forEach(service::send);
			}
			assertThat(server.ports).as("connections").hasSize(1);
			service.send("/fail-with-its-page");
			service.send("/hello");
			server.lookAtIdleThreads(((WebServerApplicationContext) service.context()).getWebServer(),
					container.threads);
			assertThat(server.threads).as("threads").hasSizeLessThanOrEqualTo(container.threads);
			assertThat(server.idsBefore).hasSizeGreaterThanOrEqualTo(5 * paths.size() + 2).containsOnly("none");
		}
	}

	@ParameterizedTest
	@EnumSource
	void everyResponseSaysWhichTraceItBelongsTo(Container container) {
		try (TestService service = start(container)) {
			for (String path : List.of("/hello", "/missing", "/fail", "/fail-filter", "/background", "/fail-async",
					"/stream")) {
				HttpResponse<String> response = service.send(path);
				String traceId = response.headers().firstValue("X-Trace-Id").orElse("none");
				assertThat(traceId).as(path).matches("[0-9a-f]{32}");
				assertThat(response.headers().firstValue("traceresponse").orElse("none")).as(path)
					.matches("00-" + traceId + "-[0-9a-f]{16}-01");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void headersCanBeRenamedAndTurnedOff(Container container) {
		try (TestService service = start(container, "flowforge.observability.web.trace-id-header=Request-Id",
				"flowforge.observability.web.traceresponse-header=")) {
			assertThat(service.send("/hello").headers().map()).containsKey("request-id")
				.doesNotContainKeys("x-trace-id", "traceresponse");
		}
	}

	private TestService start(Container container, boolean virtualThreads) {
		assumeTrue(!virtualThreads || JRE.currentVersionNumber() >= 21, "Virtual threads need Java 21");
		return start(container, "spring.threads.virtual.enabled=" + virtualThreads);
	}

	private TestService start(Container container, String... properties) {
		String[] all = new String[properties.length + 4];
		System.arraycopy(properties, 0, all, 4, properties.length);
		all[0] = "flowforge.observability.otlp.endpoint=" + this.receiver.endpoint();
		all[1] = "management.opentelemetry.tracing.export.schedule-delay=100ms";
		all[2] = "management.opentelemetry.logging.export.schedule-delay=100ms";
		// Without an owner there would be a finding, and so another line.
		all[3] = "flowforge.observability.service.team=checkout";
		return TestService.start(new Class<?>[] { container.configuration }, all);
	}

	private Span awaitSpan(String path) {
		return await()
			.until(() -> this.receiver.spans()
				.stream()
				.filter((span) -> span.getKind() == Span.SpanKind.SPAN_KIND_SERVER)
				.filter((span) -> span.getAttributesList()
					.stream()
					.anyMatch((attribute) -> attribute.getKey().equals("url.path")
							&& attribute.getValue().getStringValue().equals(path)))
				.findFirst(), (span) -> span.isPresent())
			.orElseThrow();
	}

	private LogRecord awaitLine(String message) {
		return await()
			.until(() -> this.receiver.logRecords()
				.stream()
				.filter((line) -> line.getBody().getStringValue().equals(message))
				.findFirst(), (line) -> line.isPresent())
			.orElseThrow();
	}

	private LogRecord awaitLine(Container container, ByteString traceId) {
		return await()
			.until(() -> this.receiver.logRecords()
				.stream()
				.filter((line) -> line.getTraceId().equals(traceId))
				.filter((line) -> line.getBody().getStringValue().matches(container.line))
				.findFirst(), (line) -> line.isPresent())
			.orElseThrow();
	}

	private enum Container {

		TOMCAT(TomcatServer.class, "(?s)Servlet\\.service\\(\\) .* threw exception.*", 1),

		JETTY(JettyServer.class, "/fail.*", 8);

		private final Class<? extends Server> configuration;

		private final String line;

		private final int threads;

		Container(Class<? extends Server> configuration, String line, int threads) {
			this.configuration = configuration;
			this.line = line;
			this.threads = threads;
		}

	}

	abstract static class Server {

		final List<String> idsBefore = new CopyOnWriteArrayList<>();

		final Set<Integer> ports = new CopyOnWriteArraySet<>();

		final Set<Thread> threads = new CopyOnWriteArraySet<>();

		void look(int port) {
			String id = MDC.get("traceId");
			this.idsBefore.add((id != null) ? id : "none");
			this.ports.add(port);
			this.threads.add(Thread.currentThread());
		}

		abstract Executor executor(WebServer webServer);

		// Each of these tasks keeps its thread until all have one.
		void lookAtIdleThreads(WebServer webServer, int threads) throws InterruptedException {
			CountDownLatch looked = new CountDownLatch(threads);
			for (int thread = 0; thread < threads; thread++) {
				executor(webServer).execute(() -> {
					String id = MDC.get("traceId");
					this.idsBefore.add((id != null) ? id : "none");
					looked.countDown();
					try {
						looked.await(5, TimeUnit.SECONDS);
					}
					catch (InterruptedException ex) {
						Thread.currentThread().interrupt();
					}
				});
			}
			assertThat(looked.await(5, TimeUnit.SECONDS)).isTrue();
		}

	}

	@Controller
	static class Pages implements ErrorController {

		private static final Logger logger = LoggerFactory.getLogger(Pages.class);

		@GetMapping("/fail-view")
		View failingView() {
			return new AbstractView() {

				@Override
				protected void renderMergedOutputModel(Map<String, Object> model, HttpServletRequest request,
						HttpServletResponse response) {
					throw new IllegalStateException("This view fails");
				}

			};
		}

		// The thread that began the request has left it when it fails.
		@GetMapping("/fail-later")
		DeferredResult<String> failLater() {
			DeferredResult<String> result = new DeferredResult<>();
			CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS)
				.execute(() -> result.setErrorResult(new IllegalStateException("This request fails later")));
			return result;
		}

		@GetMapping("/fail-with-its-page")
		String failWithItsPage() {
			throw new IllegalStateException("This request fails");
		}

		@RequestMapping("/error")
		@ResponseBody
		String error(HttpServletRequest request, HttpServletResponse response) {
			Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
			logger.info("The page of {}", path);
			if (path.equals("/fail-with-its-page")) {
				throw new IllegalStateException("This page fails");
			}
			// With a 5xx Tomcat closes the connection.
			response.setStatus(HttpServletResponse.SC_CONFLICT);
			return "error";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Pages.class)
	static class TomcatServer extends Server {

		@Override
		Executor executor(WebServer webServer) {
			return ((TomcatWebServer) webServer).getTomcat().getConnector().getProtocolHandler().getExecutor();
		}

		@Bean
		TomcatServletWebServerFactory webServer() {
			TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory();
			factory.addEngineValves(new ValveBase(true) {

				@Override
				public void invoke(org.apache.catalina.connector.Request request,
						org.apache.catalina.connector.Response response)
						throws java.io.IOException, jakarta.servlet.ServletException {
					look(request.getRemotePort());
					getNext().invoke(request, response);
				}

			});
			return factory;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Pages.class)
	static class JettyServer extends Server {

		@Override
		Executor executor(WebServer webServer) {
			return ((JettyWebServer) webServer).getServer().getThreadPool();
		}

		@Bean
		JettyServletWebServerFactory webServer() {
			JettyServletWebServerFactory factory = new JettyServletWebServerFactory();
			factory.addServerCustomizers((server) -> server.setHandler(new Handler.Wrapper(server.getHandler()) {

				@Override
				public boolean handle(org.eclipse.jetty.server.Request request,
						org.eclipse.jetty.server.Response response, org.eclipse.jetty.util.Callback callback)
						throws Exception {
					look(org.eclipse.jetty.server.Request.getRemotePort(request));
					return super.handle(request, response, callback);
				}

			}));
			return factory;
		}

	}

}
