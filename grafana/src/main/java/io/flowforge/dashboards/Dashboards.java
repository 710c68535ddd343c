package io.flowforge.dashboards;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All dashboards in {@code grafana/dashboards}.
 */
public final class Dashboards {

	private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(SerializationFeature.INDENT_OUTPUT)
		.defaultPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(INDENTER).withArrayIndenter(INDENTER))
		.build();

	private Dashboards() {
	}

	/**
	 * Return the files of the dashboards.
	 * @return their JSON by file name
	 */
	static Map<String, String> files() {
		Map<String, String> files = new LinkedHashMap<>();
		Stream
			.of(ServicesDashboard.create(), ServiceDashboard.create(), LogsDashboard.create(),
					TelemetryDashboard.create())
			.forEach((dashboard) -> files.put(dashboard.uid().replace("flowforge-", "") + ".json",
					MAPPER.writeValueAsString(dashboard.json()) + "\n"));
		return files;
	}

	/**
	 * Return the dashboards in Grafana's model, as their files have them.
	 * @return the dashboards
	 */
	public static List<JsonNode> models() {
		return files().values().stream().map(MAPPER::readTree).toList();
	}

}
