package io.flowforge.observability.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Does to a variant what Spring Boot's Maven plugin does in {@code process-aot}.
 */
final class AheadOfTime {

	private final Path folder;

	/**
	 * Prepare.
	 * @param folder takes what is generated
	 */
	AheadOfTime(Path folder) {
		this.folder = folder;
	}

	/**
	 * Generate the beans of a variant.
	 * @param applications where it is
	 * @param variant the variant
	 * @param collector where its telemetry will go
	 * @return a jar with what was generated
	 * @throws IOException if that fails
	 * @throws InterruptedException if interrupted
	 */
	Path process(Applications applications, Variant variant, String collector)
			throws IOException, InterruptedException {
		Path sources = Files.createDirectories(this.folder.resolve(variant + "/sources"));
		Path resources = Files.createDirectories(this.folder.resolve(variant + "/resources"));
		Path classes = Files.createDirectories(this.folder.resolve(variant + "/classes"));
		List<String> command = new ArrayList<>(List.of(Applications.javaProgram(), "-Dmeter.port=0", "-cp",
				applications.classPath(variant), "org.springframework.boot.SpringApplicationAotProcessor",
				ApplicationProcess.MAIN_CLASS, sources.toString(), resources.toString(), classes.toString(),
				"io.flowforge", "application", "--spring.application.name=comparison"));
		command.addAll(variant.arguments(collector));
		Path log = this.folder.resolve(variant + "/log");
		if (new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor() != 0) {
			throw new IOException("The application has not been processed, see " + log);
		}
		List<String> options = new ArrayList<>(
				List.of("-proc:none", "-nowarn", "-cp", applications.classPath(variant), "-d", classes.toString()));
		try (Stream<Path> files = Files.walk(sources)) {
			files.map(Path::toString).filter((file) -> file.endsWith(".java")).forEach(options::add);
		}
		run("javac", options);
		Path jar = this.folder.resolve(variant + "-aot.jar");
		run("jar", List.of("--create", "--file", jar.toString(), "-C", classes.toString(), ".", "-C",
				resources.toString(), "."));
		return jar;
	}

	private static void run(String tool, List<String> arguments) throws IOException {
		int status = ToolProvider.findFirst(tool)
			.orElseThrow(() -> new IOException("A JDK is needed, for " + tool))
			.run(System.err, System.err, arguments.toArray(String[]::new));
		if (status != 0) {
			throw new IOException(tool + " has failed");
		}
	}

}
