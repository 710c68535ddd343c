package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.flowforge.observability.systemtests.DashboardFiles.Query;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What promtool says of each PromQL of the dashboards.
 */
class DashboardExpressionTests {

	private final Path promtool = Program.require("promtool");

	@TempDir
	private Path folder;

	@Test
	void areValid() throws IOException {
		List<Query> queries = DashboardFiles.queries().filter((query) -> query.source().equals("prometheus")).toList();
		assertThat(queries).hasSizeGreaterThan(100);
		StringBuilder rules = new StringBuilder("groups:\n  - name: dashboards\n    rules:\n");
		for (int i = 0; i < queries.size(); i++) {
			rules.append("      # %s%n      - record: query%d%n        expr: |%n%s".formatted(queries.get(i), i,
					queries.get(i).expression("orders-service", "1h", "1m").indent(10)));
		}
		check(rules.toString()).orElseThrow();
		Program.Result broken = check(rules.append("      - record: broken\n        expr: sum(up\n").toString());
		assertThat(broken.output()).contains("could not parse expression");
	}

	private Program.Result check(String rules) throws IOException {
		Path file = Files.writeString(this.folder.resolve("dashboards.yml"), rules);
		return Program.run(this.folder, Map.of(), "", this.promtool.toString(), "check", "rules", file.toString());
	}

}
