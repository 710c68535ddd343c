package io.flowforge.observability.integration;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.flowforge.observability.testing.JavaRun;
import io.flowforge.observability.testing.OtlpReceiver;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What works and what does not beside other libraries, as in {@code docs/neighbours.md},
 * and that the service says so.
 */
class NeighbourTests {

	private static final String LOGBACK = "(logback|log4j-to-slf4j|spring-boot-starter-logging).*";

	private final OtlpReceiver receiver = OtlpReceiver.start();

	@AfterEach
	void stop() {
		this.receiver.close();
	}

	@Test
	void ordinaryServiceHasNoNeighbours() throws Exception {
		JavaRun run = run(NeighbourService.class,
				Neighbours.classPath(Neighbours.OTHERS, Neighbours.JERSEY, Neighbours.REACTIVE));
		assertThat(findings(run)).isEmpty();
		assertThat(run.line("RESPONSE /fail ")).matches("RESPONSE /fail 500 [0-9a-f]{32}");
		assertThat(serverSpans()).extracting(Span::getName).containsExactlyInAnyOrder("GET /hello", "GET /fail");
	}

	@Test
	void webFlux() throws Exception {
		JavaRun run = run(NeighbourService.class, Neighbours.classPath(Neighbours.OTHERS, Neighbours.SERVLET));
		assertThat(findings(run)).singleElement().asString().startsWith("FINDING WebFlux: ");
		assertThat(run.lines()).noneMatch((line) -> line.contains("NoClassDefFoundError"));
		// What works.
		assertThat(serverSpans()).extracting(Span::getName).contains("http get /hello", "http get /fail");
		assertThat(run.lines()).anyMatch((line) -> line.startsWith("METRIC http_server_requests_seconds_bucket{")
				&& line.contains("uri=\"/hello\"") && line.contains("le=\"2.0\""));
		assertThat(logRecords()).anyMatch((line) -> line.equals("Hello"));
		assertThat(
				this.receiver.logRecords().stream().filter((line) -> line.getBody().getStringValue().equals("Hello")))
			.allMatch((line) -> !line.getTraceId().isEmpty());
		assertThat(this.receiver.logRecords())
			.filteredOn((line) -> line.getBody().getStringValue().contains("500 Server Error for HTTP GET \"/fail\""))
			.singleElement()
			.matches((line) -> !line.getTraceId().isEmpty());
		// What does not.
		assertThat(run.line("RESPONSE /hello ")).isEqualTo("RESPONSE /hello 200 none");
		assertThat(serverSpans()).extracting(Span::getName).contains("http get /actuator/health");
		assertThat(logRecords()).noneMatch((line) -> line.startsWith("GET "));
	}

	@Test
	void log4j2() throws Exception {
		List<Path> classPath = new ArrayList<>(
				Neighbours.classPath(Neighbours.OTHERS, Neighbours.REACTIVE, Neighbours.JERSEY, LOGBACK));
		classPath.addAll(Neighbours.jars("log4j2"));
		JavaRun run = run(NeighbourService.class, classPath);
		assertThat(findings(run)).singleElement().asString().startsWith("FINDING Log4j 2: ");
		// What works.
		assertThat(serverSpans()).extracting(Span::getName).containsExactlyInAnyOrder("GET /hello", "GET /fail");
		assertThat(count(run, "uri=\"/fail\"")).isEqualTo(1);
		String traceId = run.line("RESPONSE /fail ").replaceFirst("RESPONSE /fail 500 ", "");
		assertThat(run.lines()).anyMatch((line) -> line.contains("Servlet.service()") && line.contains(traceId));
		assertThat(run.lines()).anyMatch((line) -> line.contains("GET /fail 500") && line.contains(traceId));
		// What does not.
		assertThat(this.receiver.logRecords()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "false, false", "false, true", "true, false", "true, true" })
	void jersey(boolean besideMvc, boolean observed) throws Exception {
		List<Path> classPath = new ArrayList<>(
				Neighbours.classPath(Neighbours.OTHERS, Neighbours.REACTIVE, besideMvc ? "none" : ".*webmvc.*"));
		if (observed) {
			classPath.addAll(Neighbours.jars("jersey-micrometer"));
		}
		String path = "/rest";
		JavaRun run = run(JerseyService.class, classPath, "--spring.jersey.application-path=" + path,
				"--flowforge.observability.alerts.latency-p99=60s");
		assertThat(findings(run)).singleElement().asString().startsWith("FINDING Jersey: ");
		assertThat(logRecords()).contains("Hello");
		// Requests to endpoints have no spans.
		assertThat(run.line((besideMvc ? "" : path) + "/actuator/health ")).contains(" 200 ");
		// Spring MVC's filter does not know Jersey's routes.
		List<String> ofMvc = besideMvc ? List.of("GET", "GET") : List.of();
		List<String> ofJersey = observed ? List.of("HTTP GET", "HTTP GET") : List.of();
		assertThat(serverSpans()).extracting(Span::getName)
			.containsExactlyInAnyOrderElementsOf(Stream.concat(ofMvc.stream(), ofJersey.stream()).toList());
		assertThat(count(run, "uri=\"UNKNOWN\"")).isEqualTo(besideMvc ? 2 : 0);
		assertThat(count(run, "uri=\"" + path + "/hello\"")).isEqualTo(observed ? 1 : 0);
		assertThat(count(run, "uri=\"" + path + "/fail\"")).isEqualTo(observed ? 1 : 0);
		assertThat(run.lines()).contains("METRIC flowforge_http_requests_total{failed=\"false\",slow=\"false\"} 1.0",
				"METRIC flowforge_http_requests_total{failed=\"true\",slow=\"false\"} 1.0");
		assertThat(run.line("RESPONSE " + path + "/fail ")).matches(".* 500 " + (besideMvc ? "[0-9a-f]{32}" : "none"));
		assertThat(logRecords().stream().anyMatch((line) -> line.startsWith("GET 500 "))).isEqualTo(besideMvc);
		assertThat(this.receiver.logRecords())
			.filteredOn((line) -> line.getBody().getStringValue().startsWith("Servlet.service()"))
			.singleElement()
			.matches((line) -> line.getTraceId().isEmpty() != besideMvc);
	}

	@Test
	void openTelemetryAgent() throws Exception {
		JavaRun run = run(NeighbourService.class,
				Neighbours.classPath(Neighbours.OTHERS, Neighbours.REACTIVE, Neighbours.JERSEY), agent());
		assertThat(findings(run)).singleElement().asString().startsWith("FINDING OpenTelemetry Java agent: ");
		assertThat(serverSpans()).extracting(Span::getName)
			.filteredOn((name) -> !name.contains("/actuator"))
			.containsExactlyInAnyOrder("GET /hello", "GET /hello", "GET /fail", "GET /fail");
		assertThat(logRecords()).filteredOn((line) -> line.equals("Hello")).hasSize(2);
		assertThat(count(run, "uri=\"/fail\"")).isEqualTo(1);
	}

	@Test
	void openTelemetryAgentAloneExportsWhatTheFindingSays() throws Exception {
		JavaRun run = run(NeighbourService.class,
				Neighbours.classPath(Neighbours.OTHERS, Neighbours.REACTIVE, Neighbours.JERSEY),
				Stream.concat(Stream.of(agent()), Stream.of("--management.tracing.export.enabled=false",
						"--flowforge.observability.logging.export.enabled=false"))
					.toArray(String[]::new));
		assertThat(serverSpans()).extracting(Span::getName)
			.filteredOn((name) -> !name.contains("/actuator"))
			.containsExactlyInAnyOrder("GET /hello", "GET /fail");
		assertThat(logRecords()).filteredOn((line) -> line.equals("Hello")).hasSize(1);
		String traceId = run.line("RESPONSE /fail ").replaceFirst("RESPONSE /fail 500 ", "");
		assertThat(serverSpans()).filteredOn((span) -> span.getName().equals("GET /fail"))
			.extracting((span) -> HexFormat.of().formatHex(span.getTraceId().toByteArray()))
			.containsExactly(traceId);
		assertThat(count(run, "uri=\"/fail\"")).isEqualTo(1);
	}

	@Test
	void openTelemetryAgentThatIsOffIsNoNeighbour() throws Exception {
		JavaRun run = run(NeighbourService.class,
				Neighbours.classPath(Neighbours.OTHERS, Neighbours.REACTIVE, Neighbours.JERSEY),
				Stream.concat(Stream.of(agent()), Stream.of("-Dotel.javaagent.enabled=false")).toArray(String[]::new));
		assertThat(findings(run)).isEmpty();
		assertThat(serverSpans()).extracting(Span::getName).containsExactlyInAnyOrder("GET /hello", "GET /fail");
	}

	@Test
	void springBoot40IsRefusedInOneSentence() throws Exception {
		List<Path> classPath = new ArrayList<>(Neighbours.jars("spring-boot-4.0"));
		classPath
			.addAll(Neighbours.classPath(Neighbours.OTHERS, Neighbours.REACTIVE, "spring-boot(-autoconfigure)?-4.*"));
		// A variable is known even if the environment of the application is not.
		JavaRun run = JavaRun.of(classPath, NeighbourService.class,
				Map.of("FLOWFORGE_OBSERVABILITY_OTLP_ENDPOINT", this.receiver.endpoint()),
				"--spring.application.name=neighbour");
		assertThat(run.status()).isEqualTo(1);
		assertThat(run.line("needs Spring Boot 4.1 or later")).contains("this application runs on Spring Boot 4.0.");
		assertThat(run.lines()).as("stack trace").noneMatch((line) -> line.startsWith("\tat "));
		// It does not wait for an export.
		assertThat(this.receiver.requests()).isZero();
		assertThat(run.lines()).noneMatch((line) -> line.contains("could not be exported"));
	}

	private String[] agent() throws IOException {
		return new String[] { "-javaagent:" + Neighbours.jars("agent").get(0),
				"-Dotel.exporter.otlp.endpoint=" + this.receiver.endpoint(), "-Dotel.metrics.exporter=none" };
	}

	private static double count(JavaRun run, String label) {
		return run.lines()
			.stream()
			.filter((line) -> line.startsWith("METRIC http_server_requests_seconds_count{") && line.contains(label))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.indexOf("} ") + 2).split(" ")[0]))
			.sum();
	}

	private JavaRun run(Class<?> service, List<Path> classPath, String... arguments) throws Exception {
		String[] all = Stream
			.concat(Arrays.stream(arguments),
					Stream.of("--spring.application.name=neighbour", "--server.port=0", "--server.address=127.0.0.1",
							"--flowforge.observability.otlp.endpoint=" + this.receiver.endpoint()))
			.toArray(String[]::new);
		return JavaRun.of(classPath, service, Map.of(), all);
	}

	private static List<String> findings(JavaRun run) {
		return run.lines()
			.stream()
			.filter((line) -> line.startsWith("FINDING ") && !line.contains("flowforge.observability.service.team"))
			.toList();
	}

	private List<Span> serverSpans() {
		return this.receiver.spans()
			.stream()
			.filter((span) -> span.getKind() == Span.SpanKind.SPAN_KIND_SERVER)
			.toList();
	}

	private List<String> logRecords() {
		return this.receiver.logRecords().stream().map((line) -> line.getBody().getStringValue()).toList();
	}

}
