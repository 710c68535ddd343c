package io.flowforge.observability.web.requests;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.proto.trace.v1.Span;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

import org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of each request, on real servers: in the counters, in the access log, and
 * of its trace, of which none is sampled.
 */
class RequestMetricsTests {

	private static final String GOOD = "failed=\"false\",slow=\"false\"";

	private static final String SLOW = "failed=\"false\",slow=\"true\"";

	private static final String FAILED = "failed=\"true\",slow=\"false\"";

	private static final String FAILED_AND_SLOW = "failed=\"true\",slow=\"true\"";

	private final ListAppender<ILoggingEvent> accessLog = new ListAppender<>();

	private final OtlpReceiver receiver = OtlpReceiver.start();

	@AfterEach
	void stop() {
		accessLogger().detachAppender(this.accessLog);
		this.receiver.close();
	}

	@ParameterizedTest
	@EnumSource
	void failuresOfTheServiceAreCountedOnceAndNothingElseIsAFailure(Container container) {
		try (TestService service = start(container, "flowforge.observability.alerts.latency-p99=60s",
				"flowforge.observability.web.access-log.requests=all", "spring.mvc.async.request-timeout=100ms",
				"management.endpoints.web.base-path=/management",
				"management.endpoint.health.probes.add-additional-paths=true",
				"management.endpoint.health.group.deep.include=ping",
				"management.endpoint.health.group.deep.additional-path=server:/deep")) {
			Counts counts = new Counts(service, "/management/prometheus");
			assertThat(counts.read()).isEqualTo(Map.of(GOOD, 0L, SLOW, 0L, FAILED, 0L, FAILED_AND_SLOW, 0L));
			for (String path : List.of("/management/health", "/management/missing", "/livez", "/readyz", "/deep",
					"/livez?refuse", "/management/health?refuse")) {
				service.send(path);
			}
			leave(service, "/upgrade", "HTTP/1.1 101");
			counts.expect(GOOD, "/hello", () -> service.send("/hello"));
			counts.expect(GOOD, "/missing", () -> service.send("/missing"));
			counts.expect(GOOD, "/background", () -> service.send("/background"));
			counts.expect(GOOD, "refused by the container", () -> leave(service, "/bad request\u0001", "HTTP/1.1 400"));
			counts.expect(FAILED, "/fail", () -> service.send("/fail"));
			counts.expect(FAILED, "/fail-async", () -> service.send("/fail-async"));
			counts.expect(FAILED, "/fail-filter", () -> service.send("/fail-filter"));
			counts.expect(FAILED, "breaks off", () -> leave(service, "/break-off", "part"));
			counts.expect(10, FAILED, "times out",
					() -> IntStream.range(0, 10).forEach((index) -> service.send("/never")));
			assertThat(service.send("/management/prometheus")
				.body()
				.lines()
				.filter((line) -> line.startsWith("http_server_requests_seconds_count")))
				.filteredOn((line) -> line.contains("/never"))
				.singleElement()
				.matches((line) -> line.contains("status=\"503\"") && line.endsWith(" 10"));
			for (String path : List.of("/endless/events", "/endless/body", "/endless/servlet", "/late/async",
					"/late/blocking")) {
				counts.expect(GOOD, "client leaves " + path,
						() -> leave(service, path, path.startsWith("/endless") ? "HTTP/1.1 200" : ""));
			}
			await().untilAsserted(() -> assertThat(warnings()).hasSize(14)
				.allMatch((line) -> line.matches(".* 50[03] .*|GET /break-off .*")));
			assertThat(this.accessLog.list).filteredOn((event) -> event.getLevel().toString().equals("INFO"))
				.extracting(ILoggingEvent::getMessage)
				.noneMatch((line) -> line.contains(" 500 "))
				.noneMatch((line) -> line.contains("management") || line.contains("livez"));
			await().untilAsserted(() -> assertThat(this.receiver.spans()).extracting(Span::getName)
				.contains("GET /fail", "GET /fail-async", "GET", "GET /break-off"));
			assertThat(this.receiver.spans()).extracting(Span::getName)
				.noneMatch((name) -> name.contains("/endless") || name.contains("/late"));
		}
	}

	@ParameterizedTest
	@EnumSource
	void streamsAndExcludedRoutesAreNeverSlow(Container container) {
		try (TestService service = start(container, "flowforge.observability.alerts.latency-p99=1ns",
				"flowforge.observability.alerts.exclude-routes[/poll]=latency",
				"flowforge.observability.alerts.exclude-routes[/ignored/{id}]=all",
				"management.endpoints.web.base-path=/", "server.servlet.context-path=/shop")) {
			Counts counts = new Counts(service, "/shop/prometheus");
			service.send("/shop/health");
			service.send("/shop/ignored/1");
			service.send("/shop/ignored/1?fail=true");
			String[] traceId = new String[1];
			counts.expect(SLOW, "/hello",
					() -> traceId[0] = service.send("/shop/hello").headers().firstValue("X-Trace-Id").orElseThrow());
			counts.expect(GOOD, "/events", () -> service.send("/shop/events"));
			counts.expect(GOOD, "/poll", () -> service.send("/shop/poll"));
			counts.expect(FAILED, "/poll that fails", () -> service.send("/shop/poll?fail=true"));
			counts.expect(FAILED_AND_SLOW, "/fail", () -> service.send("/shop/fail"));
			await().untilAsserted(() -> assertThat(warnings()).hasSize(3));
			assertThat(warnings()).noneMatch((line) -> line.contains("/events") || line.contains("/ignored"));
			await().untilAsserted(() -> assertThat(this.receiver.spans()).extracting(Span::getName)
				.containsExactlyInAnyOrder("GET /hello", "GET /poll", "GET /fail"));
			assertThat(scrapeOpenMetrics(service, "/shop/prometheus"))
				.anyMatch((line) -> line.startsWith("flowforge_http_request_duration_seconds_bucket{")
						&& line.contains("trace_id=\"" + traceId[0] + "\""))
				.anyMatch((line) -> line.startsWith("flowforge_http_request_duration_seconds_bucket{le=\"1.0E-9\"}"))
				.filteredOn((line) -> line.startsWith("flowforge_http_request"))
				.hasSize(4 + 13 + 2 + 1);
			if (container == Container.TOMCAT) {
				judgingAllocatesNothing(service.context().getBean(RequestMonitor.class));
			}
		}
	}

	private static void judgingAllocatesNothing(RequestMonitor monitor) {
		int requests = 10_000;
		TomcatRequestLog log = new TomcatRequestLog(monitor);
		Request request = new Request(new Connector(), new org.apache.coyote.Request());
		Response response = new Response(new org.apache.coyote.Response());
		com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
		IntStream.range(0, 100).forEach((index) -> log.log(request, response, 0));
		long before = threads.getCurrentThreadAllocatedBytes();
		for (int i = 0; i < requests; i++) {
			log.log(request, response, 0);
		}
		assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(16L * requests);
	}

	private TestService start(Container container, String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.addAll(List.of("flowforge.observability.service.team=checkout", "management.tracing.sampling.probability=0",
				"flowforge.observability.otlp.endpoint=" + this.receiver.endpoint(),
				"management.opentelemetry.tracing.export.schedule-delay=100ms"));
		TestService service = TestService.start(container.configuration, all.toArray(String[]::new));
		// Spring Boot has set up Logback anew.
		this.accessLog.start();
		accessLogger().addAppender(this.accessLog);
		return service;
	}

	private static Logger accessLogger() {
		return (Logger) LoggerFactory.getLogger("http.access");
	}

	private List<String> warnings() {
		return this.accessLog.list.stream()
			.filter((event) -> event.getLevel().toString().equals("WARN"))
			.map(ILoggingEvent::getMessage)
			.toList();
	}

	private static List<String> scrapeOpenMetrics(TestService service, String path) {
		return service.send(path, "Accept", "application/openmetrics-text;version=1.0.0").body().lines().toList();
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(30, TimeUnit.SECONDS);
	}

	// Sends a request, waits for the beginning of the response, and resets the
	// connection.
	private static void leave(TestService service, String path, String response) {
		int port = Integer.parseInt(service.context().getEnvironment().getRequiredProperty("local.server.port"));
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			OutputStream out = socket.getOutputStream();
			out.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
			out.flush();
			StringBuilder received = new StringBuilder();
			while (received.indexOf(response) < 0) {
				int next = socket.getInputStream().read();
				assertThat(next).as("response after " + received).isNotNegative();
				received.append((char) next);
			}
			if (response.isEmpty()) {
				Controller.arrived.join();
			}
			socket.setSoLinger(true, 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			Controller.left.complete(null);
			Controller.arrived = new CompletableFuture<>();
		}
	}

	private enum Container {

		TOMCAT(Controller.class),

		JETTY(Controller.class, JettyServletWebServerAutoConfiguration.class);

		private final Class<?>[] configuration;

		Container(Class<?>... configuration) {
			this.configuration = configuration;
		}

	}

	// What the counters say, and what they should.
	private static final class Counts {

		private final TestService service;

		private final String path;

		private final Map<String, Long> expected;

		Counts(TestService service, String path) {
			this.service = service;
			this.path = path;
			this.expected = read();
		}

		void expect(String labels, String request, Runnable sender) {
			expect(1, labels, request, sender);
		}

		void expect(long times, String labels, String request, Runnable sender) {
			this.expected.merge(labels, times, Long::sum);
			sender.run();
			await().untilAsserted(() -> assertThat(read()).as(request).isEqualTo(this.expected));
		}

		Map<String, Long> read() {
			Map<String, Long> counts = new TreeMap<>();
			this.service.get(this.path)
				.lines()
				.filter((line) -> line.startsWith("flowforge_http_requests_total{"))
				.forEach((line) -> counts.put(line.substring(line.indexOf('{') + 1, line.indexOf('}')),
						(long) Double.parseDouble(line.substring(line.indexOf(' ')))));
			return counts;
		}

	}

	static class RefusingFilter extends OncePerRequestFilter {

		@Override
		protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws ServletException, IOException {
			if ("refuse".equals(request.getQueryString())) {
				response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
				return;
			}
			chain.doFilter(request, response);
		}

	}

	@RestController
	@Import(RefusingFilter.class)
	static class Controller {

		private static final byte[] CHUNK = new byte[10_000];

		// More than the buffers of a connection take.
		private static final String LARGE = "x".repeat(10_000_000);

		private static volatile CompletableFuture<Void> arrived = new CompletableFuture<>();

		private static volatile CompletableFuture<Void> left = new CompletableFuture<>();

		@GetMapping("/never")
		DeferredResult<String> never() {
			return new DeferredResult<>();
		}

		@GetMapping("/upgrade")
		void upgrade(HttpServletResponse response) {
			response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
			response.setHeader("Connection", "Upgrade, close");
		}

		@GetMapping("/break-off")
		void breakOff(HttpServletResponse response) throws IOException {
			response.getOutputStream().print("part");
			response.flushBuffer();
			throw new IllegalStateException("This response breaks off");
		}

		@GetMapping("/events")
		SseEmitter events() throws IOException {
			SseEmitter emitter = new SseEmitter();
			emitter.send("event");
			emitter.complete();
			return emitter;
		}

		@GetMapping("/poll")
		String poll(@RequestParam(defaultValue = "false") boolean fail) {
			return result(fail);
		}

		@GetMapping("/ignored/{id}")
		String ignored(@PathVariable int id, @RequestParam(defaultValue = "false") boolean fail) {
			return result(fail);
		}

		private static String result(boolean fail) {
			if (fail) {
				throw new IllegalStateException("This request fails");
			}
			return "result";
		}

		@GetMapping("/endless/events")
		SseEmitter endlessEvents() {
			SseEmitter emitter = new SseEmitter(0L);
			CompletableFuture.runAsync(() -> {
				try {
					while (true) {
						emitter.send(LARGE);
					}
				}
				catch (IOException | IllegalStateException ex) {
					emitter.completeWithError(ex);
				}
			});
			return emitter;
		}

		@GetMapping("/endless/body")
		StreamingResponseBody endlessBody() {
			return Controller::writeForEver;
		}

		@GetMapping("/endless/servlet")
		void endlessServlet(HttpServletResponse response) throws IOException {
			writeForEver(response.getOutputStream());
		}

		private static void writeForEver(OutputStream out) throws IOException {
			while (true) {
				out.write(CHUNK);
				out.flush();
			}
		}

		@GetMapping("/late/async")
		DeferredResult<String> lateAsync() {
			DeferredResult<String> result = new DeferredResult<>(0L);
			awaitLeaving().thenRun(() -> result.setResult(LARGE));
			return result;
		}

		@GetMapping("/late/blocking")
		String lateBlocking() {
			awaitLeaving().join();
			return LARGE;
		}

		private static CompletableFuture<Void> awaitLeaving() {
			left = new CompletableFuture<>();
			arrived.complete(null);
			return left;
		}

	}

}
