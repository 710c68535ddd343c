package io.flowforge.observability.web;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.proto.logs.v1.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The events of {@code http.access}, on real servers.
 */
class AccessLogTests {

	private final OtlpReceiver receiver = OtlpReceiver.start();

	@AfterEach
	void stop() {
		this.receiver.close();
	}

	@ParameterizedTest
	@EnumSource
	void eachRequestHasAnEventWithItsIds(Container container) {
		try (TestService service = start(container)) {
			String traceId = service.send("/orders/17?card=private", "User-Agent", "curl/8.5.0")
				.headers()
				.firstValue("X-Trace-Id")
				.orElseThrow();
			LogRecord event = awaitEvent("/orders/{number}");
			assertThat(event.getBody().getStringValue()).matches("GET /orders/\\{number} 200 \\d+ ms 8 B curl");
			assertThat(event.getSeverityText()).isEqualTo("INFO");
			assertThat(hex(event)).isEqualTo(traceId);
			assertThat(event.getSpanId().isEmpty()).isFalse();
			assertThat(attributes(event)).containsEntry("http.request.method", "GET")
				.containsEntry("http.route", "/orders/{number}")
				.containsEntry("http.response.status_code", "200")
				.containsEntry("http.response.body.size", "8")
				.containsEntry("user_agent.name", "curl")
				.containsKey("duration_ms");
			assertThat(event.toString()).doesNotContain("private", "/orders/17", "8.5.0");
		}
	}

	@ParameterizedTest
	@EnumSource
	void failedAndSlowRequestsWarn(Container container) {
		try (TestService service = start(container, "flowforge.observability.alerts.latency-p99=300ms")) {
			Map<String, String> statusByPath = Map.of("/fail", "500", "/fail-async", "500", "/fail-filter", "500",
					"/slow", "200", "/hello", "200", "/background", "200", "/stream", "200");
			statusByPath.keySet().forEach(service::send);
			service.send("/missing");
			await().untilAsserted(() -> assertThat(events()).hasSize(8));
			assertThat(events())
				.extracting((event) -> event.getSeverityText() + " " + attributes(event).get("http.route") + " "
						+ attributes(event).get("http.response.status_code"))
				.containsExactlyInAnyOrder("WARN /fail 500", "WARN /fail-async 500", "WARN UNKNOWN 500",
						"WARN /slow 200", "INFO /hello 200", "INFO /background 200", "INFO /stream 200",
						"INFO /** 404");
			assertThat(events()).extracting(AccessLogTests::hex).doesNotHaveDuplicates().doesNotContain("");
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestsToEndpointsAndProbesHaveNone(Container container) {
		try (TestService service = start(container, "management.endpoint.health.probes.add-additional-paths=true",
				"management.endpoint.health.group.deep.include=ping",
				"management.endpoint.health.group.deep.additional-path=server:/deep")) {
			for (String path : List.of("/actuator/health", "/actuator/prometheus", "/livez", "/readyz", "/deep")) {
				assertThat(service.send(path).statusCode()).as(path).isEqualTo(200);
			}
			service.send("/hello");
			awaitEvent("/hello");
			assertThat(events()).hasSize(1);
			assertThat(this.receiver.spans()).allMatch((span) -> span.getName().endsWith("/hello"));
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestThatTheContainerRefusesHasAnEventWithoutIds(Container container) throws IOException {
		try (TestService service = start(container)) {
			String valid = "GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n";
			sendRaw(service, valid + "FORGED /hello HTTP/1.1\r\nHost: localhost\r\nBad Header: x\r\n\r\n");
			sendRaw(service, valid + "\u0001\r\n\r\n");
			await().untilAsserted(() -> assertThat(events("UNKNOWN")).hasSize(2));
			assertThat(events("UNKNOWN")).allSatisfy((event) -> {
				assertThat(attributes(event)).containsEntry("http.response.status_code", "400")
					.containsEntry("user_agent.name", "none");
				assertThat(hex(event)).isEmpty();
			}).anyMatch((event) -> attributes(event).get("http.request.method").equals("_OTHER"));
			assertThat(this.receiver.logRecords()).extracting(LogRecord::getSeverityText)
				.doesNotContain("WARN", "ERROR");
			assertThat(service.send("/hello").statusCode()).isEqualTo(200);
			await().untilAsserted(() -> assertThat(events("/hello")).hasSize(3));
			assertThat(events("/hello")).extracting(AccessLogTests::hex).doesNotHaveDuplicates().doesNotContain("");
		}
	}

	@ParameterizedTest
	@EnumSource
	void headHasItsOwnEventAndNoBody(Container container) throws IOException {
		try (TestService service = start(container)) {
			sendRaw(service, "HEAD /missing HTTP/1.1\r\nHost: localhost\r\n\r\n"
					+ "HEAD /orders/17 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
			assertThat(attributes(awaitEvent("/**"))).containsEntry("http.request.method", "HEAD")
				.containsEntry("http.response.status_code", "404")
				.containsEntry("http.response.body.size", "0");
			assertThat(attributes(awaitEvent("/orders/{number}"))).containsEntry("http.request.method", "HEAD")
				.containsEntry("http.response.status_code", "200")
				.containsEntry("http.response.body.size", "0");
			assertThat(events()).extracting(AccessLogTests::hex).hasSize(2).doesNotHaveDuplicates().doesNotContain("");
		}
	}

	@ParameterizedTest
	@EnumSource
	void asynchronousRequestThatTimesOutHasOneEvent(Container container) {
		try (TestService service = start(container, "spring.mvc.async.request-timeout=100ms")) {
			assertThat(service.send("/never").statusCode()).isEqualTo(503);
			service.context().close();
			assertThat(events()).hasSize(1);
			assertThat(events().get(0).getSeverityText()).isEqualTo("WARN");
			assertThat(attributes(events().get(0))).containsEntry("http.route", "/never")
				.containsEntry("http.response.status_code", "503");
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestSurvivesALogThatFails(Container container) throws IOException {
		LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();
		try (TestService service = start(container)) {
			logback.addTurboFilter(new FailingFilter());
			String request = "GET /hello HTTP/1.1\r\nHost: localhost\r\n";
			String responses = sendRaw(service, request + "\r\n" + request + "Connection: close\r\n\r\n");
			assertThat(responses.split("HTTP/1.1 200")).hasSize(3);
			service.context().close();
			assertThat(this.receiver.logRecords()).extracting(LogRecord::getSeverityText)
				.doesNotContain("WARN", "ERROR");
		}
		finally {
			logback.resetTurboFilterList();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void containersOwnLogHasTheTraceIdAndReplacesOurs(boolean both, @TempDir Path directory) {
		String[] properties = { "server.tomcat.accesslog.enabled=true",
				"server.tomcat.accesslog.directory=" + directory, "server.tomcat.accesslog.pattern=%U %{traceId}r",
				"server.tomcat.accesslog.buffered=false",
				both ? "flowforge.observability.web.access-log.enabled=true" : "server.shutdown=graceful" };
		try (TestService service = start(Container.TOMCAT, properties)) {
			String traceId = service.send("/hello").headers().firstValue("X-Trace-Id").orElseThrow();
			await().untilAsserted(() -> assertThat(lines(directory)).contains("/hello " + traceId));
			await().until(() -> this.receiver.logRecords()
				.stream()
				.anyMatch((line) -> line.getBody().getStringValue().equals("Hello")));
			service.context().close();
			assertThat(events()).hasSize(both ? 1 : 0);
		}
	}

	@Test
	void canBeTurnedOff() {
		try (TestService service = start(Container.TOMCAT, "flowforge.observability.web.access-log.enabled=false")) {
			service.send("/fail");
			service.context().close();
			assertThat(this.receiver.logRecords()).isNotEmpty();
			assertThat(events()).isEmpty();
		}
	}

	@Test
	void onlyFailedAndSlowRequestsWhereTheLoggerIsAtWarn() {
		try (TestService service = start(Container.TOMCAT, "logging.level.http.access=warn")) {
			service.send("/hello");
			service.send("/fail");
			service.context().close();
			assertThat(events()).hasSize(1);
			assertThat(attributes(events().get(0))).containsEntry("http.route", "/fail");
		}
	}

	private TestService start(Container container, String... properties) {
		return TestService.start(container.configuration,
				Stream
					.concat(Stream.of(properties),
							Stream.of("flowforge.observability.otlp.endpoint=" + this.receiver.endpoint(),
									"management.opentelemetry.tracing.export.schedule-delay=100ms",
									"management.opentelemetry.logging.export.schedule-delay=100ms"))
					.toArray(String[]::new));
	}

	private LogRecord awaitEvent(String route) {
		return await().until(() -> events(route), (events) -> !events.isEmpty()).get(0);
	}

	private List<LogRecord> events() {
		return this.receiver.logRecords()
			.stream()
			.filter((line) -> attributes(line).containsKey("http.request.method"))
			.toList();
	}

	private List<LogRecord> events(String route) {
		return events().stream().filter((event) -> route.equals(attributes(event).get("http.route"))).toList();
	}

	private static String sendRaw(TestService service, String requests) throws IOException {
		int port = Integer.parseInt(service.context().getEnvironment().getRequiredProperty("local.server.port"));
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			OutputStream out = socket.getOutputStream();
			out.write(requests.getBytes(StandardCharsets.US_ASCII));
			out.flush();
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
		}
	}

	private static List<String> lines(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return Files.readAllLines(files.findFirst().orElseThrow());
		}
	}

	private static Map<String, String> attributes(LogRecord line) {
		Map<String, String> attributes = new HashMap<>();
		line.getAttributesList()
			.forEach((attribute) -> attributes.put(attribute.getKey(), attribute.getValue().hasIntValue()
					? String.valueOf(attribute.getValue().getIntValue()) : attribute.getValue().getStringValue()));
		return attributes;
	}

	private static String hex(LogRecord line) {
		return HexFormat.of().formatHex(line.getTraceId().toByteArray());
	}

	private enum Container {

		TOMCAT(Requests.class), JETTY(Requests.class, JettyServer.class);

		private final Class<?>[] configuration;

		Container(Class<?>... configuration) {
			this.configuration = configuration;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class JettyServer {

		@Bean
		JettyServletWebServerFactory webServer() {
			return new JettyServletWebServerFactory();
		}

	}

	@RestController
	static class Requests {

		@GetMapping("/orders/{number}")
		String order(@PathVariable int number) {
			return "order " + number;
		}

		@GetMapping("/slow")
		String slow() throws InterruptedException {
			Thread.sleep(400);
			return "slow";
		}

		@GetMapping("/never")
		DeferredResult<String> never() {
			return new DeferredResult<>();
		}

	}

	// As somebody's own part of the logging system might.
	static class FailingFilter extends TurboFilter {

		@Override
		public FilterReply decide(@Nullable Marker marker, Logger logger, Level level, @Nullable String format,
				Object @Nullable [] params, @Nullable Throwable throwable) {
			if (logger.getName().equals("http.access")) {
				throw new IllegalStateException("This log fails");
			}
			return FilterReply.NEUTRAL;
		}

	}

}
