package io.flowforge.launcher.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.flowforge.launcher.Repository;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * The repository that these tests are part of, and copies of it that tests may change.
 */
final class TestRepository {

	static final Repository REPOSITORY = Repository.around(Path.of(""));

	private static final List<String> CONFIGURATION = List.of("prometheus-rules", "alertmanager", "stack/prometheus",
			"stack/loki");

	private TestRepository() {
	}

	static String read(String path) {
		try {
			return Files.readString(REPOSITORY.file(path));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Object data(String yaml) {
		LoaderOptions options = new LoaderOptions();
		options.setMaxAliasesForCollections(1000);
		options.setCodePointLimit(10_000_000);
		Object data = new Yaml(options).load(yaml);
		return Objects.requireNonNull(data);
	}

	static Repository copy(Path folder) throws IOException {
		for (String path : CONFIGURATION) {
			Path from = REPOSITORY.file(path);
			try (Stream<Path> files = Files.walk(from)) {
				for (Path file : files.filter(Files::isRegularFile).toList()) {
					Path copy = folder.resolve(path).resolve(from.relativize(file).toString());
					Files.createDirectories(copy.getParent());
					Files.copy(file, copy);
				}
			}
		}
		return new Repository(folder);
	}

	static void change(Repository repository, String path, String from, String to) throws IOException {
		Path file = repository.file(path);
		String text = Files.readString(file);
		if (!text.contains(from)) {
			throw new AssertionError("%s does not contain %s".formatted(path, from));
		}
		Files.writeString(file, text.replace(from, to));
	}

}
