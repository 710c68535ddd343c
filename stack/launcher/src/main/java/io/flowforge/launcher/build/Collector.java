package io.flowforge.launcher.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.process.Checksum;
import io.flowforge.launcher.process.Programs;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The OpenTelemetry Collector as a program: {@code otelcol-contrib} or {@code otelcol}
 * from the PATH if it takes the stack's configuration, else one that is built with Go,
 * once, of what {@code stack/otel-collector/builder.yaml} lists.
 */
public final class Collector {

	private final Repository repository;

	public Collector(Repository repository) {
		this.repository = repository;
	}

	/**
	 * The Collector, if it is there.
	 * @return its path
	 */
	public Optional<Path> find() {
		Path folder = this.repository.file("stack/otel-collector");
		// One that is too old, or lacks a component, would end as soon as it is started.
		return Stream.of("otelcol-contrib", "otelcol")
			.flatMap((name) -> Programs.find(name).stream())
			.filter((program) -> Programs.run(folder, program.toString(), "validate", "--config=config.yaml")
				.isSuccess())
			.findFirst()
			.or(() -> Optional.of(built()).filter(Files::isExecutable));
	}

	/**
	 * Whether it can be built.
	 * @return whether Go is there
	 */
	public boolean canBeBuilt() {
		return Programs.find("go").isPresent();
	}

	public String version() {
		return distribution().get("version").toString();
	}

	/**
	 * Build the Collector, which takes a few minutes.
	 * @param log the file for what the build prints
	 * @return its path
	 */
	public Path build(Path log) {
		return ProgramCache.make(built(), "The OpenTelemetry Collector", (folder) -> {
			Map<String, Object> content = manifest();
			distribution(content).put("output_path", folder.resolve("out").toString());
			Files.writeString(folder.resolve("builder.yaml"), new Yaml(new DumperOptions()).dump(content));
			String builder = "go.opentelemetry.io/collector/cmd/builder@v" + version();
			int status = Logged.run(this.repository.file("stack/otel-collector"), log,
					List.of("sh", "-c", "GOBIN=\"$1\" go install \"$2\" && \"$1/builder\" --config \"$1/builder.yaml\"",
							"build", folder.toString(), builder));
			if (status != 0) {
				throw new StackException("The OpenTelemetry Collector could not be built; %s ends with:%n%s"
					.formatted(log, lastLines(log)));
			}
			return folder.resolve("out/otelcol");
		});
	}

	private static String lastLines(Path log) throws IOException {
		List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
		return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
	}

	private Path built() {
		return ProgramCache.file(
				"otelcol-" + new Checksum().addFile(this.repository.file("stack/otel-collector/builder.yaml")).value());
	}

	private Map<String, Object> manifest() {
		try {
			return new Yaml(new SafeConstructor(new LoaderOptions()))
				.load(Files.readString(this.repository.file("stack/otel-collector/builder.yaml")));
		}
		catch (IOException ex) {
			throw new StackException("stack/otel-collector/builder.yaml cannot be read: " + ex.getMessage(), ex);
		}
	}

	private Map<String, Object> distribution() {
		return distribution(manifest());
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> distribution(Map<String, Object> manifest) {
		return (Map<String, Object>) manifest.get("dist");
	}

}
