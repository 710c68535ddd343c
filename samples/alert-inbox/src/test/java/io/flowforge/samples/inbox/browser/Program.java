package io.flowforge.samples.inbox.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program that a test needs, by the names that it has on different systems.
 */
enum Program {

	CHROMIUM("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
	CHROMEDRIVER("chromedriver", "chromium.chromedriver"), PROMETHEUS("prometheus"),
	ALERTMANAGER("prometheus-alertmanager", "alertmanager");

	private final List<String> names;

	Program(String... names) {
		this.names = List.of(names);
	}

	Optional<Path> find() {
		List<String> folders = Arrays.asList(System.getenv("PATH").split(File.pathSeparator));
		return this.names.stream()
			.flatMap((name) -> folders.stream().map((folder) -> Path.of(folder, name)))
			.filter(Files::isExecutable)
			.findFirst();
	}

	Path path() {
		return find().orElseThrow();
	}

	static List<String> missing() {
		return Stream.of(values())
			.filter((program) -> program.find().isEmpty())
			.map((program) -> program.names.get(0))
			.toList();
	}

}
