package io.flowforge.observability;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Whether secrets leave a real service: on its console, in its log file, or in what a
 * real receiver is sent.
 */
@ExtendWith(OutputCaptureExtension.class)
class RedactionTests {

	private static final String SECRET = "hunter2";

	private static final long SECRET_NUMBER = 47110815L;

	private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss} %5p [%X] %logger{0} : %m {%kvp}%n";

	private final OtlpReceiver receiver = OtlpReceiver.start();

	@TempDir
	private Path directory;

	@AfterEach
	void stop() {
		this.receiver.close();
	}

	@Test
	void noSecretLeavesInTextOrTelemetry(CapturedOutput output) throws IOException {
		try (TestService service = start("logging.pattern.console=" + PATTERN, "logging.pattern.file=" + PATTERN)) {
			service.get("/login");
			awaitTelemetry();
		}
		assertThat(received()).doesNotContain(SECRET).doesNotContain(String.valueOf(SECRET_NUMBER));
		assertThat(output.getAll()).doesNotContain(SECRET);
		assertThat(log()).doesNotContain(SECRET);
		assertThat(List.of(output.getAll(), log())).allSatisfy((text) -> assertThat(text)
			.contains("Authorization=[redacted]", "user=ann", "Login {password=\"[redacted]\" customer=\"c-17\"}")
			.contains("Before there are beans {api-key=\"[redacted]\"}")
			.contains("access : GET {http.request.header.cookie=\"[redacted]\" http.route=\"/login\"}"));
	}

	@Test
	void redactedAttributesKeepTheirKeys() {
		try (TestService service = start()) {
			service.get("/login");
			awaitTelemetry();
		}
		assertThat(received()).containsSubsequence("key: \"password\"", "[redacted]")
			.containsSubsequence("key: \"login.token\"", "[redacted]")
			.containsSubsequence("key: \"client_secret\"", "[redacted]")
			.containsSubsequence("key: \"Set-Cookie\"", "[redacted]")
			.contains("ann", "c-17", "blue", "a detail", "This login fails");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ecs", "gelf", "logstash" })
	void noSecretLeavesInJson(String format, CapturedOutput output) throws IOException {
		try (TestService service = start("logging.structured.format.console=" + format,
				"logging.structured.format.file=" + format)) {
			service.get("/login");
		}
		assertThat(List.of(output.getAll(), log())).allSatisfy((text) -> assertThat(text).doesNotContain(SECRET)
			.contains("[redacted]", "c-17", "ann", "Two lines: one\\ntwo"));
	}

	@Test
	void patternsAndAppendersOfTheUserAreCovered(CapturedOutput output) throws IOException {
		try (TestService service = start("logging.config=classpath:io/flowforge/observability/own-patterns.xml")) {
			service.get("/login");
			await().untilAsserted(() -> assertThat(log()).contains("Login password=\"[redacted]\"")
				.contains("Authorization=[redacted]", "user=ann"));
			assertThat(log()).doesNotContain(SECRET);
			// This one writes a message, its pattern and its arguments.
			assertThat(this.directory.resolve("service.log.json")).content()
				.contains("Calling {}", "host\\/?token=[redacted]&page=2")
				.doesNotContain(SECRET);
		}
		assertThat(output).doesNotContain(SECRET)
			.containsPattern("own \\[\\[redacted]] \\[[0-9a-f]{32}] Login password=\\[redacted] customer=c-17");
	}

	@Test
	void exportersOfTheUserGetNoSecrets() {
		try (TestService service = TestService.start(new Class<?>[] { Login.class, OwnSpanExporters.class },
				properties())) {
			service.get("/login");
			awaitTelemetry();
		}
		assertThat(received()).doesNotContain(SECRET);
	}

	@Test
	void wordsOfTheUserReplaceTheDefault(CapturedOutput output) {
		try (TestService service = start("logging.pattern.console=" + PATTERN,
				"flowforge.observability.redaction.keys[0]=customer",
				"flowforge.observability.redaction.keys[1]=colour")) {
			service.get("/login");
			awaitTelemetry();
		}
		assertThat(output).contains("customer=\"[redacted]\"").contains(SECRET);
		assertThat(received()).contains(SECRET).doesNotContain("c-17").doesNotContain("blue");
	}

	@Test
	void nothingIsRedactedWhenTheLibraryIsOff(CapturedOutput output) {
		try (TestService service = start("logging.pattern.console=" + PATTERN)) {
			service.get("/login");
			assertThat(output).contains("[redacted]").doesNotContain(SECRET);
			// Both write to the appenders that the first has set up, and its lines must
			// not
			// lose their redaction.
			try (TestService off = start("flowforge.observability.enabled=false")) {
				off.get("/login");
				assertThat(output).doesNotContain(SECRET);
			}
		}
		try (TestService off = start("flowforge.observability.enabled=false", "logging.pattern.console=" + PATTERN)) {
			off.get("/login");
		}
		assertThat(output).contains("password=\"hunter2\"");
	}

	private TestService start(String... properties) {
		return TestService.start(new Class<?>[] { Login.class }, properties(properties));
	}

	private String[] properties(String... properties) {
		return Stream
			.concat(Stream.of("flowforge.observability.otlp.endpoint=" + this.receiver.endpoint(),
					"management.opentelemetry.tracing.export.schedule-delay=100ms",
					"management.opentelemetry.logging.export.schedule-delay=100ms",
					"logging.file.name=" + this.directory.resolve("service.log")), Arrays.stream(properties))
			.toArray(String[]::new);
	}

	private void awaitTelemetry() {
		await().untilAsserted(() -> {
			assertThat(this.receiver.spans()).extracting((span) -> span.getName())
				.contains("GET /login", "check password", "linked");
			assertThat(this.receiver.logRecords()).extracting((line) -> line.getBody().getStringValue())
				.contains("Login", "GET");
		});
	}

	private String received() {
		return this.receiver.spans().toString() + this.receiver.logRecords();
	}

	private String log() throws IOException {
		return Files.readString(this.directory.resolve("service.log"));
	}

	@Configuration(proxyBeanMethods = false)
	@Import(LoginController.class)
	static class Login {

		Login() {
			LoggerFactory.getLogger(Login.class).atInfo().addKeyValue("api-key", SECRET).log("Before there are beans");
		}

	}

	@RestController
	static class LoginController {

		private static final Logger logger = LoggerFactory.getLogger(LoginController.class);

		private static final Logger accessLog = LoggerFactory.getLogger("http.access");

		private final ObservationRegistry observations;

		private final ObjectProvider<OpenTelemetry> openTelemetry;

		LoginController(ObservationRegistry observations, ObjectProvider<OpenTelemetry> openTelemetry) {
			this.observations = observations;
			this.openTelemetry = openTelemetry;
		}

		@GetMapping("/login")
		String login() {
			MDC.put("Authorization", SECRET);
			MDC.put("user", "ann");
			logger.atInfo().addKeyValue("password", SECRET).addKeyValue("customer", "c-17").log("Login");
			accessLog.atInfo()
				.addKeyValue("http.request.header.cookie", SECRET)
				.addKeyValue("http.route", "/login")
				.log("GET");
			logger.info("Two lines: {}", "one\ntwo");
			logger.info("Calling {}", URI.create("http://ann:" + SECRET + "@host/?token=" + SECRET + "&page=2"));
			MDC.clear();
			Observation.createNotStarted("login", this.observations)
				.contextualName("check password")
				.lowCardinalityKeyValue("colour", "blue")
				.highCardinalityKeyValue("password", SECRET)
				.observe(this::addToSpan);
			this.openTelemetry.ifAvailable(LoginController::addLinkedSpan);
			return "welcome";
		}

		private void addToSpan() {
			Span.current().setAttribute("login.token", SECRET_NUMBER);
			Span.current()
				.addEvent("checked", Attributes.of(AttributeKey.stringKey("client_secret"), SECRET,
						AttributeKey.stringKey("detail"), "a detail"));
			Span.current().recordException(new IllegalStateException("This login fails"));
		}

		private static void addLinkedSpan(OpenTelemetry openTelemetry) {
			openTelemetry.getTracer("test")
				.spanBuilder("linked")
				.addLink(Span.current().getSpanContext(), Attributes.of(AttributeKey.stringKey("Set-Cookie"), SECRET))
				.startSpan()
				.end();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnSpanExporters {

		@Bean
		SpanExporters ownSpanExporters(ObjectProvider<SpanExporter> exporters) {
			return SpanExporters.of(exporters.orderedStream().toList());
		}

	}

}
