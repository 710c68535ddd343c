package io.flowforge.dashboards;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.flowforge.launcher.process.Programs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Dashboards contain nothing that Grafana does not know: they compile against the types
 * that Grafana publishes.
 */
class DashboardSchemaTests {

	private static final String NEWEST = "@grafana/schema";

	// What is right in a dashboard, the mistake that replaces it, and what the message
	// contains. Each line is about another place in the types.
	private static final String MISTAKES = """
			"schemaVersion"        | "schemasVersion"         | schemasVersion
			"includeVars"          | "includeVariables"       | includeVariables
			"titleFormat"          | "titleFormatted"         | titleFormatted
			"refId" : "Variable"   | "reference" : "Variable" | reference
			"type" : "stat"        | "type" : "statistic"     | "statistic"
			"colorMode"            | "colourMode"             | colourMode
			"graphMode" : "none"   | "graphMode" : "nothing"  | "nothing"
			"spanNulls"            | "spanNull"               | spanNull
			"drawStyle" : "line"   | "drawStyle" : "lines"    | "lines"
			"id" : "custom.width"  | "id" : "custom.with"     | "custom.with"
			"id" : "unit"          | "id" : "units"           | "units"
			"id" : "byName"        | "id" : "byTitle"         | "byTitle"
			"id" : "merge"         | "id" : "merged"          | "merged"
			"mode" : "absolute"    | "mode" : "fixed"         | "absolute"
			"legendFormat"         | "legend"                 | legend
			"tableType" : "traces" | "tableType" : "table"    | "table"
			""";

	// The newest, and those of the two versions before it.
	@ParameterizedTest
	@ValueSource(strings = { NEWEST, "grafana-schema-12", "grafana-schema-11" })
	void grafanaKnowsAllThatIsInThem(String schema) {
		List<Path> dashboards = DashboardFiles.all();
		assertThat(dashboards).isNotEmpty();
		assertThat(NodeScript.run(List.of("schema.mjs", schema), dashboards).orElseThrow()).isEmpty();
	}

	// In one run, as the compiler takes seconds to start.
	@Test
	void mistakesAreFoundInTheirLines(@TempDir Path folder) throws IOException {
		Map<Path, String> broken = new LinkedHashMap<>();
		for (String mistake : MISTAKES.split("\n")) {
			String[] parts = mistake.split("\\s+\\|\\s+");
			Path copy = folder.resolve("mistake-%d.json".formatted(broken.size()));
			broken.put(DashboardFiles.broken("service.json", parts[0], parts[1], copy), parts[2]);
		}
		Programs.Result result = NodeScript.run(List.of("schema.mjs", NEWEST), List.copyOf(broken.keySet()));
		assertThat(result.status()).isEqualTo(1);
		assertThat(broken).allSatisfy((file, message) -> assertThat(result.output())
			.containsPattern("(?m)^%s:\\d+: (.|\\n )*%s".formatted(file.getFileName(), message)));
	}

}
