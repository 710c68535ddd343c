package io.flowforge.dashboards;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The committed dashboards, which Grafana reads.
 */
final class DashboardFiles {

	/**
	 * The folder that Grafana reads. Tests run in the module's folder.
	 */
	static final Path FOLDER = Path.of("dashboards").toAbsolutePath();

	private DashboardFiles() {
	}

	/**
	 * The dashboards.
	 * @return their files, by name
	 */
	static List<Path> all() {
		return in(FOLDER);
	}

	/**
	 * The dashboards in a folder.
	 * @param folder the folder
	 * @return their files, by name
	 */
	static List<Path> in(Path folder) {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter((file) -> file.toString().endsWith(".json")).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Copy a dashboard with a mistake in it.
	 * @param dashboard its file name
	 * @param right a regular expression that matches the part to replace
	 * @param wrong the replacement
	 * @param copy where to write the copy
	 * @return the copy
	 * @throws IOException if the copy cannot be written
	 */
	static Path broken(String dashboard, String right, String wrong, Path copy) throws IOException {
		String text = Files.readString(FOLDER.resolve(dashboard));
		String broken = text.replaceFirst(right, wrong);
		if (broken.equals(text)) {
			throw new AssertionError("%s contains nothing that matches %s".formatted(dashboard, right));
		}
		return Files.writeString(copy, broken);
	}

}
