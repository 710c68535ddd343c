package io.flowforge.observability.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.flowforge.observability.testing.JavaRun;
import io.flowforge.observability.testing.OtlpReceiver;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What works beside neighbours with which not everything does, as
 * {@code docs/neighbours.md} has it, and that the service says what does not.
 */
class NeighbourTests {

	private static final Path JARS = Path.of("target/neighbours");

	// Neighbours of other tests, which take their time to start.
	private static final String OTHERS = "(spring-boot-)?(starter-)?"
			+ "(kafka|amqp|jdbc|datasource|security|spring-kafka|spring-rabbit|spring-security|qpid).*";

	private static final String SERVLET = ".*(webmvc|tomcat|servlet|jersey).*";

	private static final String REACTIVE = ".*(webflux|netty).*";

	private static final String LOGBACK = "(logback|log4j-to-slf4j|spring-boot-starter-logging).*";

	private final OtlpReceiver receiver = OtlpReceiver.start();

	@AfterEach
	void stop() {
		this.receiver.close();
	}

	@Test
	void ordinaryServiceHasNoNeighbours() throws Exception {
		JavaRun run = run(NeighbourService.class, classPath(OTHERS, ".*jersey.*", REACTIVE));
		assertThat(findings(run)).isEmpty();
		assertThat(run.line("RESPONSE /fail ")).matches("RESPONSE /fail 500 [0-9a-f]{32}");
		assertThat(serverSpans()).extracting(Span::getName).containsExactly("http get /hello", "http get /fail");
	}

	@Test
	void webFlux() throws Exception {
		JavaRun run = run(NeighbourService.class, classPath(OTHERS, SERVLET));
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
		// What does not.
		assertThat(run.line("RESPONSE /hello ")).isEqualTo("RESPONSE /hello 200 none");
		assertThat(serverSpans()).extracting(Span::getName).contains("http get /actuator/health");
		assertThat(logRecords()).noneMatch((line) -> line.startsWith("GET "));
	}

	@Test
	void log4j2() throws Exception {
		List<Path> classPath = new ArrayList<>(classPath(OTHERS, REACTIVE, ".*jersey.*", LOGBACK));
		classPath.addAll(jars("log4j2"));
		JavaRun run = run(NeighbourService.class, classPath);
		assertThat(findings(run)).singleElement().asString().startsWith("FINDING Log4j 2: ");
		// What works.
		assertThat(serverSpans()).extracting(Span::getName).containsExactly("http get /hello", "http get /fail");
		String traceId = run.line("RESPONSE /fail ").replaceFirst("RESPONSE /fail 500 ", "");
		assertThat(run.lines()).anyMatch((line) -> line.contains("Servlet.service()") && line.contains(traceId));
		assertThat(run.lines()).anyMatch((line) -> line.contains("GET /fail 500") && line.contains(traceId));
		// What does not.
		assertThat(this.receiver.logRecords()).isEmpty();
	}

	@Test
	void jersey() throws Exception {
		JavaRun run = run(JerseyService.class, classPath(OTHERS, REACTIVE, ".*webmvc.*"));
		print(run);
	}

	@Test
	void jerseyWithItsObservations() throws Exception {
		List<Path> classPath = new ArrayList<>(classPath(OTHERS, REACTIVE, ".*webmvc.*"));
		classPath.addAll(jars("jersey-micrometer"));
		JavaRun run = run(JerseyService.class, classPath);
		print(run);
	}

	@Test
	void jerseyBesideMvc() throws Exception {
		JavaRun run = run(JerseyService.class, classPath(OTHERS, REACTIVE));
		print(run);
	}

	@Test
	void jerseyWithItsObservationsBesideMvc() throws Exception {
		List<Path> classPath = new ArrayList<>(classPath(OTHERS, REACTIVE));
		classPath.addAll(jars("jersey-micrometer"));
		JavaRun run = run(JerseyService.class, classPath);
		print(run);
	}

	@Test
	void openTelemetryAgent() throws Exception {
		JavaRun run = run(NeighbourService.class, classPath(OTHERS, REACTIVE, ".*jersey.*"),
				"-javaagent:" + jars("agent").get(0), "-Dotel.exporter.otlp.endpoint=" + this.receiver.endpoint(),
				"-Dotel.metrics.exporter=none");
		print(run);
	}

	@Test
	void springBoot40() throws Exception {
		List<Path> classPath = new ArrayList<>(jars("spring-boot-4.0"));
		classPath.addAll(classPath(OTHERS, REACTIVE, "spring-boot(-autoconfigure)?-4.*"));
		JavaRun run = run(NeighbourService.class, classPath);
		print(run);
	}

	private void print(JavaRun run) throws Exception {
		List<String> out = new ArrayList<>(run.lines());
		this.receiver.spans().forEach((span) -> out.add("SPAN " + span.getKind() + " " + span.getName()));
		this.receiver.logRecords()
			.forEach((line) -> out.add("LOG " + line.getBody().getStringValue().lines().findFirst().orElse("") + " "
					+ line.getTraceId().isEmpty()));
		Files.write(
				Path.of("/tmp/w/web-"
						+ StackWalker.getInstance().walk((f) -> f.skip(1).findFirst().get().getMethodName()) + ".out"),
				out);
	}

	private JavaRun run(Class<?> service, List<Path> classPath, String... arguments) throws Exception {
		String[] all = Stream
			.concat(Arrays.stream(arguments),
					Stream.of("--spring.application.name=neighbour", "--server.port=0", "--server.address=127.0.0.1",
							"--flowforge.observability.otlp.endpoint=" + this.receiver.endpoint()))
			.toArray(String[]::new);
		return JavaRun.of(classPath, service, Map.of(), all);
	}

	private static List<Path> classPath(String... without) {
		return JavaRun.classPath()
			.stream()
			.filter((entry) -> Arrays.stream(without).noneMatch(entry.getFileName().toString()::matches))
			.toList();
	}

	private static List<Path> jars(String neighbour) throws IOException {
		try (Stream<Path> jars = Files.list(JARS.resolve(neighbour))) {
			return jars.map(Path::toAbsolutePath).toList();
		}
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
