package io.flowforge.observability.integration;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A service calls, logs and fails with all kinds of URLs that have secrets. No secret
 * gets out of it, and the rest of each URL does.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretUrlTests {

	private static final String SECRET = "s3cr3t";

	private static final Map<String, String> CALLED = urls(
			"""
					http://user:s3cr3t@HOST/called?kind=01             | http://HOST/called?kind=01
					http://s3cr3t@HOST/called?kind=02                  | http://HOST/called?kind=02
					http://HOST/called?api_key=s3cr3t&kind=03          | http://HOST/called?api_key=[redacted]&kind=03
					http://HOST/called?kind=04&access_token=s3cr3t     | http://HOST/called?kind=04&access_token=[redacted]
					http://HOST/called?kind=05&X-Api-Key=s3cr3t        | http://HOST/called?kind=05&X-Api-Key=[redacted]
					http://HOST/called?kind=06&token=s3cr3t&token=s3cr3t | http://HOST/called?kind=06&token=[redacted]&token=[redacted]
					http://HOST/called?kind=07&PASSWORD=s3cr3t/s3cr3t?s3cr3t | http://HOST/called?kind=07&PASSWORD=[redacted]
					http://HOST/called?kind=08&sig=s3cr3t%2Fs3cr3t%3D  | http://HOST/called?kind=08&sig=[redacted]
					http://HOST/called?kind=09&AWSAccessKeyId=s3cr3t&Signature=s3cr3t | http://HOST/called?kind=09&AWSAccessKeyId=[redacted]&Signature=[redacted]
					http://HOST/called?kind=10&X-Amz-Credential=s3cr3t&X-Amz-Signature=s3cr3t | http://HOST/called?kind=10&X-Amz-Credential=[redacted]&X-Amz-Signature=[redacted]
					http://HOST/called?kind=11&X-Goog-Credential=s3cr3t&X-Goog-Signature=s3cr3t | http://HOST/called?kind=11&X-Goog-Credential=[redacted]&X-Goog-Signature=[redacted]
					http://HOST/called?kind=12&%74oken=s3cr3t          | http://HOST/called?kind=12&%74oken=[redacted]
					http://HOST/called?kind=13&a=1;secret=s3cr3t;b=2   | http://HOST/called?kind=13&a=1;secret=[redacted];b=2
					http://HOST/called;jsessionid=s3cr3t?kind=14       | http://HOST/called;jsessionid=[redacted]?kind=14
					http://HOST/called?kind=15#id_token=s3cr3t         | http://HOST/called?kind=15#id_token=[redacted]
					http://HOST/called?kind=16&next=http://u:s3cr3t@HOST/ | http://HOST/called?kind=16&next=http://HOST/
					http://HOST/called?next=https%3A%2F%2Fother%2F%3Ftoken%3Ds3cr3t&kind=17 | http://HOST/called?next=[redacted]&kind=17
					""");

	private static final Map<String, String> MENTIONED = urls("""
			http://user:s3cr3t/s3cr3t@HOST/called?kind=18      | http://HOST/called?kind=18
			HTTPS://user:s3cr3t@HOST/called?kind=19            | HTTPS://HOST/called?kind=19
			mongodb+srv://user:s3cr3t@one,two/orders?kind=20   | mongodb+srv://one,two/orders?kind=20
			jdbc:sqlserver://HOST;password=s3cr3t;kind=21      | jdbc:sqlserver://HOST;password=[redacted];kind=21
			/called?kind=22&cookie=s3cr3t                      | /called?kind=22&cookie=[redacted]
			""");

	@TempDir
	private Path directory;

	private final OtlpReceiver receiver = OtlpReceiver.start();

	@AfterEach
	void stop() {
		this.receiver.close();
	}

	@Test
	void noSecretGetsOutAndTheRestDoes(CapturedOutput output) throws IOException {
		Path file = this.directory.resolve("service.log");
		String host;
		String scrape;
		try (TestService service = start(file)) {
			host = host(service.context().getEnvironment());
			assertThat(service.send("/calls?token=s3cr3t").body()).isEqualTo("done");
			assertThat(service.send("/mentions;jsessionid=s3cr3t").body()).isEqualTo("done");
			assertThat(service.send("/fails?next=%2F%3Ftoken%3Ds3cr3t").statusCode()).isEqualTo(500);
			scrape = service.scrape();
			// What is exported last.
			await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
				assertThat(this.receiver.spans()).anyMatch((span) -> span.getName().endsWith("/fails"));
				assertThat(this.receiver.logRecords())
					.anyMatch((line) -> line.getBody().getStringValue().startsWith("GET /fails"));
			});
		}
		String spans = this.receiver.spans().toString();
		String calls = this.receiver.spans()
			.stream()
			.filter((span) -> span.getKind() == Span.SpanKind.SPAN_KIND_CLIENT)
			.toList()
			.toString();
		String records = this.receiver.logRecords().toString();
		String console = output.getAll();
		String json = Files.readString(file);
		assertThat(Stream.of(spans, records, console, json, scrape)
			.flatMap(String::lines)
			.filter((line) -> line.contains(SECRET))).isEmpty();
		for (String log : List.of(records, console, json)) {
			assertThat(log).contains(left(host, "Concatenated %s"))
				.contains(left(host, "An argument %s of a message"))
				.contains(left(host, "Calling %s"))
				.contains(left(host, "Because of %s"))
				.contains(left(host, "Closing %s"))
				.contains("GET /calls 200 ");
		}
		assertThat(console).contains(left(host, "ERROR [%s]")).contains(left(host, "{url=\"%s\""));
		assertThat(spans).contains(left(host, "name: \"call %s\""))
			.contains(left(host, "string_value: \"%s\""))
			.contains(left(host, "message: \"Status of %s\""))
			.contains(left(host, "string_value: \"Calling %s\""));
		assertThat(calls)
			.contains(IntStream.rangeClosed(1, CALLED.size()).mapToObj("kind=%02d"::formatted).toArray(String[]::new))
			.contains("http://127.0.0.1:1/called?token=[redacted]&kind=23");
		assertThat(scrape).contains(left(host, "calls_total{url=\"%s\""))
			.containsPattern("http_client_requests_seconds_count\\{.*uri=\"/called\"")
			.doesNotContainPattern("http_client_requests.*uri=\"[^\"]*\\?");
	}

	private TestService start(Path file) {
		return TestService.start(new Class<?>[] { Controller.class, CalledService.class },
				"flowforge.observability.otlp.endpoint=" + this.receiver.endpoint(),
				"flowforge.observability.web.access-log.requests=all",
				"logging.pattern.console=%p [%X{target}] %logger{0} : %m {%kvp}%n", "logging.file.name=" + file,
				// With this, Spring Boot writes no exception but Logback's own.
				"logging.structured.format.file=ecs", "logging.structured.json.stacktrace.root=last");
	}

	private static String[] left(String host, String format) {
		return Stream.concat(CALLED.values().stream(), MENTIONED.values().stream())
			.map((url) -> format.formatted(url.replace("HOST", host)))
			.toArray(String[]::new);
	}

	private static List<String> all(String host) {
		return Stream.concat(CALLED.keySet().stream(), MENTIONED.keySet().stream())
			.map((url) -> url.replace("HOST", host))
			.toList();
	}

	private static String host(Environment environment) {
		return "127.0.0.1:" + environment.getRequiredProperty("local.server.port");
	}

	private static Map<String, String> urls(String table) {
		Map<String, String> urls = new LinkedHashMap<>();
		table.lines().map((line) -> line.split("\\|")).forEach((row) -> urls.put(row[0].strip(), row[1].strip()));
		return urls;
	}

	@RestController
	static class Controller {

		private static final Logger logger = LoggerFactory.getLogger(Controller.class);

		private final RestClient restClient;

		private final WebClient webClient;

		private final OpenTelemetry openTelemetry;

		private final MeterRegistry meters;

		private final Environment environment;

		Controller(RestClient.Builder restClient, WebClient.Builder webClient, OpenTelemetry openTelemetry,
				MeterRegistry meters, Environment environment) {
			this.restClient = restClient.build();
			this.webClient = webClient.build();
			this.openTelemetry = openTelemetry;
			this.meters = meters;
			this.environment = environment;
		}

		@GetMapping("/calls")
		String calls() {
			for (String called : CALLED.keySet()) {
				String url = called.replace("HOST", host(this.environment));
				// As a template, and where that would encode the URL again, as a URI.
				if (url.contains("%")) {
					this.restClient.get().uri(URI.create(url)).retrieve().toBodilessEntity();
					this.webClient.get().uri(URI.create(url)).retrieve().toBodilessEntity().block();
				}
				else {
					this.restClient.get().uri(url).retrieve().toBodilessEntity();
					this.webClient.get().uri(url).retrieve().toBodilessEntity().block();
				}
			}
			return "done";
		}

		@GetMapping("/mentions")
		String mentions() {
			for (String url : all(host(this.environment))) {
				Exception failure = new IllegalStateException("Calling " + url,
						new IllegalArgumentException("Because of " + url));
				failure.addSuppressed(new IOException("Closing " + url));
				logger.info("Concatenated " + url);
				logger.info("An argument {} of a message", url);
				logger.atInfo()
					.addKeyValue("url", url)
					.addKeyValue("list", List.of(url))
					.addKeyValue("array", new String[] { url })
					.log("Key-value pairs");
				MDC.put("target", url);
				logger.error("An exception", failure);
				MDC.remove("target");
				this.openTelemetry.getTracer("test")
					.spanBuilder("call " + url)
					.startSpan()
					.setAttribute("url.full", url)
					.setAttribute("url.query", url.substring(url.indexOf('?') + 1))
					.setAttribute(AttributeKey.stringArrayKey("urls"), List.of(url))
					.addEvent("Calling " + url, Attributes.of(AttributeKey.stringKey("http.url"), url))
					.recordException(failure)
					.setStatus(StatusCode.ERROR, "Status of " + url)
					.end();
				this.meters.counter("calls", "url", url).increment();
			}
			return "done";
		}

		@GetMapping("/fails")
		String fails() {
			// Nobody listens there.
			return this.restClient.get()
				.uri("http://user:s3cr3t@127.0.0.1:1/called?token=s3cr3t&kind=23")
				.retrieve()
				.body(String.class);
		}

	}

}
