package io.flowforge.observability.integration;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;
import io.flowforge.observability.testing.OtlpReceiver;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ValveBase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.support.SpringBootServletInitializer;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.WebApplicationContextUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A service deployed as a WAR to a Tomcat that it did not start.
 */
class WarTests {

	private final OtlpReceiver receiver = OtlpReceiver.start();

	private final Tomcat tomcat = new Tomcat();

	private final List<String> idsBefore = new CopyOnWriteArrayList<>();

	private ServletContext servletContext;

	@BeforeEach
	void deploy(@TempDir Path folder) throws Exception {
		this.tomcat.setBaseDir(folder.toString());
		this.tomcat.setPort(0);
		this.tomcat.getConnector().setProperty("address", "127.0.0.1");
		// One thread: what a request leaves behind is there for the next.
		this.tomcat.getConnector().setProperty("maxThreads", "1");
		this.tomcat.getConnector().setProperty("minSpareThreads", "1");
		Context context = this.tomcat.addContext("", folder.toString());
		context.addServletContainerInitializer(new Initializer(this.receiver.endpoint()), Set.of());
		this.tomcat.getEngine().getPipeline().addValve(new ValveBase(true) {

			@Override
			public void invoke(Request request, Response response) throws IOException, ServletException {
				WarTests.this.idsBefore.add(String.valueOf(MDC.get("traceId")));
				getNext().invoke(request, response);
			}

		});
		this.tomcat.start();
		this.servletContext = context.getServletContext();
	}

	@AfterEach
	void undeploy() throws Exception {
		this.tomcat.stop();
		this.tomcat.destroy();
		this.receiver.close();
	}

	@Test
	void failedRequestHasItsTraceIdInTheResponseAndOnTheErrorLine() throws Exception {
		HttpResponse<String> response = send("/fail");
		assertThat(response.statusCode()).isEqualTo(500);
		String traceId = traceId(response);
		Span span = await().until(() -> this.receiver.spans()
			.stream()
			.filter((candidate) -> traceId.equals(HexFormat.of().formatHex(candidate.getTraceId().toByteArray())))
			.filter((candidate) -> candidate.getKind() == Span.SpanKind.SPAN_KIND_SERVER)
			.findFirst()
			.orElse(null), (candidate) -> candidate != null);
		LogRecord line = await().until(() -> this.receiver.logRecords()
			.stream()
			.filter((candidate) -> candidate.getBody().getStringValue().startsWith("Forwarding to error page"))
			.findFirst()
			.orElse(null), (candidate) -> candidate != null);
		assertThat(line.getTraceId()).isEqualTo(span.getTraceId());
		assertThat(line.getSpanId()).isEqualTo(span.getSpanId());
		await().untilAsserted(() -> assertThat(this.receiver.logRecords())
			.filteredOn((candidate) -> candidate.getBody().getStringValue().startsWith("GET /fail 500 "))
			.singleElement()
			.matches((candidate) -> candidate.getTraceId().equals(span.getTraceId())));
	}

	@Test
	void noIdLeaksIntoTheNextRequestOfTheThread() throws Exception {
		for (int round = 0; round < 3; round++) {
			send("/fail");
			assertThat(send("/missing").statusCode()).isEqualTo(404);
		}
		// More where another program of this machine asks whoever has the port now.
		assertThat(this.idsBefore).hasSizeGreaterThanOrEqualTo(6).containsOnly("null");
	}

	@Test
	void metricsAndHealthAreThere() throws Exception {
		send("/hello");
		send("/fail");
		await().untilAsserted(() -> assertThat(send("/actuator/prometheus").body())
			.contains("flowforge_http_requests_total{failed=\"false\",slow=\"false\"} 1.0")
			.contains("flowforge_http_requests_total{failed=\"true\",slow=\"false\"} 1.0")
			.containsPattern("http_server_requests_seconds_count\\{.*uri=\"/hello\"")
			.contains("flowforge_health_up{component=\"ping\"} 1.0"));
	}

	@Test
	void saysWhatItLacks() {
		WebApplicationContext context = WebApplicationContextUtils
			.getRequiredWebApplicationContext(this.servletContext);
		assertThat(context.getBeanProvider(Findings.class).stream().flatMap((source) -> source.find().stream()))
			.extracting(Finding::subject)
			.contains("WAR deployment");
	}

	private HttpResponse<String> send(String path) throws Exception {
		URI uri = URI.create("http://127.0.0.1:" + this.tomcat.getConnector().getLocalPort() + path);
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).version(HttpClient.Version.HTTP_1_1).build(),
					HttpResponse.BodyHandlers.ofString());
	}

	private static String traceId(HttpResponse<String> response) {
		List<String> values = response.headers().allValues("X-Trace-Id");
		assertThat(values).hasSize(1);
		return values.get(0);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Controller.class)
	static class Application {

	}

	@RestController
	static class Controller {

		@GetMapping("/hello")
		String hello() {
			return "hello";
		}

		@GetMapping("/fail")
		String fail() {
			throw new IllegalStateException("This request fails");
		}

	}

	record Initializer(String endpoint) implements ServletContainerInitializer {

		@Override
		public void onStartup(Set<Class<?>> classes, ServletContext servletContext) throws ServletException {
			new SpringBootServletInitializer() {

				@Override
				protected SpringApplicationBuilder configure(SpringApplicationBuilder builder) {
					return builder.sources(Application.class)
						.properties(Map.of("spring.application.name", "war", "flowforge.observability.otlp.endpoint",
								Initializer.this.endpoint, "spring.test.tracing.export", "true",
								"flowforge.observability.alerts.latency-p99", "60s"));
				}

			}.onStartup(servletContext);
		}

	}

}
