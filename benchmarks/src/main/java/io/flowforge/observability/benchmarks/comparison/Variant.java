package io.flowforge.observability.benchmarks.comparison;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is added to the application. Each variant has its defaults, except for where it
 * sends its telemetry, and that it samples every request. Metrics leave each variant in
 * one way only: by a scrape, or pushed every minute where that is the default.
 */
enum Variant {

	/**
	 * The application alone.
	 */
	BARE("bare", "bare", false, false),

	/**
	 * {@code spring-boot-starter-opentelemetry} with OpenTelemetry's appender, since it
	 * brings none.
	 */
	SPRING_BOOT("spring-boot", "Spring Boot's starter", true, true,
			"--management.opentelemetry.tracing.export.otlp.endpoint=%s/v1/traces",
			"--management.opentelemetry.logging.export.otlp.endpoint=%s/v1/logs",
			"--management.tracing.sampling.probability=1.0", "--management.otlp.metrics.export.enabled=false",
			"--management.endpoints.web.exposure.include=health,prometheus"),

	/**
	 * {@code opentelemetry-spring-boot-starter}.
	 */
	OPENTELEMETRY("opentelemetry", "OpenTelemetry's starter", true, false, "--otel.exporter.otlp.endpoint=%s"),

	/**
	 * OpenTelemetry's Java agent.
	 */
	AGENT("agent", "OpenTelemetry's agent", true, false) {

		@Override
		List<String> options(Path applications, String collector) {
			return List.of("-javaagent:" + agent(applications.resolve("agent/target/agent")),
					"-Dotel.service.name=comparison", "-Dotel.exporter.otlp.endpoint=" + collector);
		}

	},

	/**
	 * {@code flowforge-observability-starter}.
	 */
	FLOWFORGE("flowforge", "FlowForge", true, true, "--flowforge.observability.otlp.endpoint=%s"),

	/**
	 * The same at 1 % sampling. Tail sampling is on by default, and keeps the traces of
	 * failed and slow requests.
	 */
	FLOWFORGE_SAMPLED("flowforge", "FlowForge, 1 % sampled", true, true, "--flowforge.observability.otlp.endpoint=%s",
			"--management.tracing.sampling.probability=0.01");

	private final String module;

	private final String title;

	private final boolean exporting;

	private final boolean scraped;

	private final List<String> arguments;

	Variant(String module, String title, boolean exporting, boolean scraped, String... arguments) {
		this.module = module;
		this.title = title;
		this.exporting = exporting;
		this.scraped = scraped;
		this.arguments = List.of(arguments);
	}

	String title() {
		return this.title;
	}

	boolean isExporting() {
		return this.exporting;
	}

	boolean isScraped() {
		return this.scraped;
	}

	/**
	 * Options of its JVM.
	 * @param applications the folder of the applications
	 * @param collector where its telemetry goes
	 * @return the options
	 */
	List<String> options(Path applications, String collector) {
		return List.of();
	}

	/**
	 * Arguments of the application.
	 * @param collector where its telemetry goes
	 * @return the arguments
	 */
	List<String> arguments(String collector) {
		return this.arguments.stream().map((argument) -> argument.formatted(collector)).toList();
	}

	/**
	 * Its class path, as Maven has resolved it.
	 * @param applications the folder of the applications
	 * @return folders and jars
	 */
	List<Path> classPath(Path applications) {
		Path target = applications.resolve(this.module).resolve("target");
		List<Path> classPath = new ArrayList<>();
		if (Files.isDirectory(target.resolve("classes"))) {
			classPath.add(target.resolve("classes"));
		}
		try {
			Stream.of(Files.readString(target.resolve("classpath")).strip().split(":"))
				.map(Path::of)
				.forEach(classPath::add);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The class path of " + this.module + " is not there: build it first", ex);
		}
		return classPath;
	}

	private static Path agent(Path folder) {
		try (Stream<Path> files = Files.list(folder)) {
			return files.findFirst().orElseThrow();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The agent is not there: build it first", ex);
		}
	}

}
