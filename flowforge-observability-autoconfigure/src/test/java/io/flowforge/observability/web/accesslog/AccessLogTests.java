package io.flowforge.observability.web.accesslog;

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
import java.util.Objects;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.proto.logs.v1.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.filter.ServerHttpObservationFilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The events of {@code http.access}, on real servers.
 */
class AccessLogTests {

	private static final String ALL = "flowforge.observability.web.access-log.requests=all";

	private final OtlpReceiver receiver = OtlpReceiver.start();

	@AfterEach
	void stop() {
		this.receiver.close();
	}

	@ParameterizedTest
	@EnumSource
	void onlyFailedRequestsHaveAnEventByDefault(Container container) {
		try (TestService service = startWithLimit("60s", container)) {
			List.of("/hello", "/fail", "/missing", "/hello").forEach(service::send);
			service.context().close();
			assertThat(events()).singleElement()
				.satisfies((event) -> assertThat(attributes(event)).containsEntry("http.route", "/fail"))
				.extracting(LogRecord::getSeverityText)
				.isEqualTo("WARN");
		}
	}

	@ParameterizedTest
	@EnumSource
	void slowRequestsHaveAnEventByDefault(Container container) {
		try (TestService service = startWithLimit("1ns", container)) {
			service.send("/hello");
			assertThat(awaitEvent("/hello").getSeverityText()).isEqualTo("WARN");
		}
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
			assertThat(event.getFlags() & 1).isOne();
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
	void failedRequestsWarn(Container container) {
		try (TestService service = start(container, "spring.mvc.async.request-timeout=100ms")) {
			List.of("/fail", "/fail-async", "/fail-filter", "/never", "/hello", "/background", "/stream", "/missing")
				.forEach(service::send);
			await().untilAsserted(() -> assertThat(events()).hasSize(8));
			assertThat(events())
				.extracting((event) -> event.getSeverityText() + " " + attributes(event).get("http.route") + " "
						+ attributes(event).get("http.response.status_code"))
				.containsExactlyInAnyOrder("WARN /fail 500", "WARN /fail-async 500", "WARN null 500", "WARN /never 503",
						"INFO /hello 200", "INFO /background 200", "INFO /stream 200", "INFO /** 404");
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
	void endpointsBelowAContextPathHaveNone(Container container) {
		try (TestService service = start(container, "server.servlet.context-path=/shop")) {
			assertThat(service.send("/shop/actuator/health").statusCode()).isEqualTo(200);
			service.send("/shop/hello");
			awaitEvent("/hello");
			assertThat(events()).hasSize(1);
		}
	}

	@ParameterizedTest
	@EnumSource
	void observationFilterOfTheServiceChangesNeitherRoutesNorWhatHasNone(Container container) {
		try (TestService service = start(container, "own-observation-filter=true")) {
			service.send("/actuator/health");
			service.send("/orders/17");
			awaitEvent("/orders/{number}");
			assertThat(events()).hasSize(1);
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestThatTheContainerRefusesHasAnEventWithoutIds(Container container) throws IOException {
		try (TestService service = start(container)) {
			String valid = "GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n";
			sendRaw(service, valid + "FORGED /hello HTTP/1.1\r\nHost: localhost\r\nBad Header: x\r\n\r\n");
			sendRaw(service, valid + "\u0001\r\n\r\n");
			await().untilAsserted(() -> assertThat(events(null)).hasSize(2));
			assertThat(events(null)).allSatisfy((event) -> {
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
	@EnumSource
	void containersOwnLogHasTheTraceIdAndReplacesOurs(Container container, @TempDir Path directory) {
		try (TestService service = start(container, container.accessLogIn(directory))) {
			awaitLineOf(service, directory);
			await().until(() -> this.receiver.logRecords()
				.stream()
				.anyMatch((line) -> line.getBody().getStringValue().equals("Hello")));
			service.context().close();
			assertThat(events()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void bothCanBeOn(Container container, @TempDir Path directory) {
		String[] properties = StringUtils.addStringToArray(container.accessLogIn(directory),
				"flowforge.observability.web.access-log.enabled=true");
		try (TestService service = start(container, properties)) {
			awaitLineOf(service, directory);
			assertThat(awaitEvent("/hello").getSeverityText()).isEqualTo("INFO");
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

	// All requests are logged, and none is slow, however busy the machine is.
	private TestService start(Container container, String... properties) {
		return startWithLimit("60s", container, StringUtils.addStringToArray(properties, ALL));
	}

	private TestService startWithLimit(String latency, Container container, String... properties) {
		return TestService.start(container.configuration,
				Stream
					.concat(Stream.of(properties),
							Stream.of("flowforge.observability.service.team=checkout",
									"flowforge.observability.alerts.latency-p99=" + latency,
									"flowforge.observability.otlp.endpoint=" + this.receiver.endpoint(),
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

	private List<LogRecord> events(@Nullable String route) {
		return events().stream().filter((event) -> Objects.equals(route, attributes(event).get("http.route"))).toList();
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

	private static void awaitLineOf(TestService service, Path directory) {
		String traceId = service.send("/hello").headers().firstValue("X-Trace-Id").orElseThrow();
		await().untilAsserted(() -> assertThat(lines(directory)).contains("/hello " + traceId));
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

		TOMCAT("server.tomcat.accesslog.pattern=%U %{traceId}r", Controller.class),

		JETTY("server.jetty.accesslog.custom-format=%U %{traceId}attr", Controller.class,
				JettyServletWebServerAutoConfiguration.class);

		private final String format;

		private final Class<?>[] configuration;

		Container(String format, Class<?>... configuration) {
			this.format = format;
			this.configuration = configuration;
		}

		String[] accessLogIn(Path directory) {
			return new String[] { this.format, "server.tomcat.accesslog.enabled=" + (this == TOMCAT),
					"server.tomcat.accesslog.directory=" + directory, "server.tomcat.accesslog.buffered=false",
					"server.jetty.accesslog.enabled=" + (this == JETTY),
					"server.jetty.accesslog.filename=" + directory.resolve("access.log") };
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty("own-observation-filter")
	static class OwnObservationFilter {

		@Bean
		FilterRegistrationBean<ServerHttpObservationFilter> ownObservationFilter(ObservationRegistry registry) {
			FilterRegistrationBean<ServerHttpObservationFilter> registration = new FilterRegistrationBean<>(
					new ServerHttpObservationFilter(registry));
			registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
			return registration;
		}

	}

	@RestController
	@Import(OwnObservationFilter.class)
	static class Controller {

		@GetMapping("/orders/{number}")
		String order(@PathVariable int number) {
			return "order " + number;
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
