package io.flowforge.observability.dashboards;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

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
		assertThat(committed().keySet()).isEqualTo(expected.keySet());
		committed().forEach((name, text) -> assertThat(text.equals(expected.get(name)))
			.withFailMessage("grafana/dashboards/%s is not what the code says: run \"make docs\".", name)
			.isTrue());
	}

	private static Map<String, String> committed() throws IOException {
		Map<String, String> committed = new HashMap<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(FOLDER, "*.json")) {
			for (Path file : files) {
				committed.put(file.getFileName().toString(), Files.readString(file));
			}
		}
		return committed;
	}

}
