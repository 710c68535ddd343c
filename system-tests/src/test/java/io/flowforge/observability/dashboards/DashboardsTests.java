package io.flowforge.observability.dashboards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether {@code grafana/dashboards} is what the code here says. With
 * {@code -Dflowforge.docs.write=true} it is written anew.
 */
class DashboardsTests {

	private static final Path FOLDER = Path.of("../grafana/dashboards");

	@Test
	void filesAreWhatTheCodeSays() throws IOException {
		Map<String, String> expected = Dashboards.files();
		if (Boolean.getBoolean("flowforge.docs.write")) {
			Files.createDirectories(FOLDER);
			for (Map.Entry<String, String> file : expected.entrySet()) {
				Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
			}
		}
		for (Map.Entry<String, String> file : expected.entrySet()) {
			Path committed = FOLDER.resolve(file.getKey());
			assertThat(Files.exists(committed) && Files.readString(committed).equals(file.getValue()))
				.withFailMessage("grafana/dashboards/%s is not what the code says: run \"make docs\".", file.getKey())
				.isTrue();
		}
	}

	@Test
	void thereIsNoFileThatNoCodeSays() throws IOException {
		try (Stream<Path> files = Files.list(FOLDER)) {
			Set<String> names = files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(".json"))
				.collect(Collectors.toSet());
			assertThat(names).isEqualTo(Dashboards.files().keySet());
		}
	}

}
