package io.flowforge.dashboards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes the dashboards as the JSON files that Grafana reads.
 */
public final class WriteDashboards {

	private WriteDashboards() {
	}

	/**
	 * Write all dashboards.
	 * @param args the folder to write to, which must exist
	 * @throws IOException if a file cannot be written
	 */
	public static void main(String[] args) throws IOException {
		if (args.length != 1) {
			throw new IllegalArgumentException("Name the folder to write the dashboards to, and nothing else");
		}
		for (Map.Entry<String, String> file : Dashboards.files().entrySet()) {
			Files.writeString(Path.of(args[0], file.getKey()), file.getValue());
		}
	}

}
