package io.flowforge.dashboards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The committed dashboards are those that {@link WriteDashboards} writes.
 */
class DashboardsTests {

	@Test
	void committedFilesAreThoseThatAreWritten(@TempDir Path folder) throws IOException {
		WriteDashboards.main(new String[] { folder.toString() });
		Map<String, String> written = read(folder);
		Map<String, String> committed = read(DashboardFiles.FOLDER);
		assertThat(committed.keySet()).isNotEmpty().isEqualTo(written.keySet());
		committed.forEach((name, text) -> assertThat(text.equals(written.get(name)))
			.withFailMessage("grafana/dashboards/%s differs from what the code writes: run \"make docs\".", name)
			.isTrue());
	}

	private static Map<String, String> read(Path folder) throws IOException {
		Map<String, String> texts = new TreeMap<>();
		for (Path file : DashboardFiles.in(folder)) {
			texts.put(file.getFileName().toString(), Files.readString(file));
		}
		return texts;
	}

}
