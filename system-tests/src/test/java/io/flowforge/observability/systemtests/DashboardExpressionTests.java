package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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

	/**
	 * Two services over five hours, a sample a minute. The limits of the first were
	 * others until recently.
	 * <ul>
	 * <li>Errors: above the limit of today for 3 minutes (too short), for 10, for 20 with
	 * hardly any requests (does not count), and for the last 10. It fires from the 5th
	 * minute on.</li>
	 * <li>Latency: 3 s while 5 s were allowed, and today only 2; later more than 1 %
	 * slower than 2 s, with a quantile that is just below.</li>
	 * <li>Down, as it was told: for 10 minutes.</li>
	 * </ul>
	 * The budget of the second burns for 12 minutes.
	 */
	@Test
	void tableSaysHowOftenAndHowLongAlertsWouldHaveFired() throws IOException {
		Map<String, String> expected = new LinkedHashMap<>();
		expected.put("C", "{environment=\"demo\", application=\"a\"} 2");
		expected.put("D", "{environment=\"demo\", application=\"a\"} 720");
		expected.put("F", "{environment=\"demo\", application=\"a\"} 2");
		expected.put("G", "{environment=\"demo\", application=\"a\"} 720");
		expected.put("I", "{environment=\"demo\", application=\"b\"} 1");
		expected.put("J", "{environment=\"demo\", application=\"b\"} 900");
		expected.put("M", "{environment=\"demo\", application=\"a\"} 1");
		expected.put("N", "{environment=\"demo\", application=\"a\"} 600");
		StringBuilder test = new StringBuilder("""
				evaluation_interval: 1m
				tests:
				  - interval: 1m
				    input_series:
				""");
		series(test, "flowforge:service", "a", "", "1x300");
		series(test, "flowforge:service_owner", "a", ", team=\"t\"", "1x300");
		series(test, "flowforge:alert_threshold", "a", ", alert=\"error_ratio\"", "0.5x200 0.05x100");
		series(test, "flowforge:alert_threshold", "a", ", alert=\"min_request_rate\"", "0.05x300");
		series(test, "flowforge:alert_threshold", "a", ", alert=\"latency_p99_seconds\"", "5x99 2x200");
		series(test, "flowforge:http_requests:rate5m", "a", "", "1x99 0.01x19 1x200");
		series(test, "flowforge:http_error_ratio:rate5m", "a", "", "0x29 0.1x3 0x19 0.1x10 0x34 1x19 0x169 0.1x20");
		series(test, "flowforge:http_p99_seconds:rate5m", "a", "", "1x19 3x10 1x118 1.99x10 1x200");
		series(test, "flowforge:http_slow_ratio:rate5m", "a", "", "0x149 0.02x10 0x200");
		series(test, "ALERTS", "a", ", alertname=\"FlowForgeServiceDown\", alertstate=\"firing\"", "_x9 1x9 stale");
		series(test, "flowforge:service", "b", "", "1x300");
		series(test, "flowforge:service_owner", "b", ", team=\"t\"", "1x300");
		series(test, "flowforge:alert_threshold", "b", ", alert=\"slo_objective\"", "0.99x300");
		series(test, "flowforge:alert_threshold", "b", ", alert=\"min_request_rate\"", "0.05x300");
		series(test, "flowforge:http_requests:rate5m", "b", "", "1x300");
		series(test, "flowforge:http_error_ratio:rate5m", "b", "", "0x199 0.2x11 0x200");
		series(test, "flowforge:http_error_ratio:rate30m", "b", "", "0x300");
		series(test, "flowforge:http_error_ratio:rate1h", "b", "", "0x199 0.2x11 0x200");
		series(test, "flowforge:http_error_ratio:rate6h", "b", "", "0x300");
		test.append("    promql_expr_test:\n");
		expected.forEach((id, sample) -> test.append("      - expr: |\n%s".formatted(wouldHaveFired(id).indent(10)))
			.append("        eval_time: 300m\n        exp_samples:\n")
			.append("          - labels: '%s'%n            value: %s%n".formatted((Object[]) sample.split("(?<=}) "))));
		Path file = Files.writeString(this.folder.resolve("test.yml"), test);
		Program.run(this.folder, Map.of(), "", this.promtool.toString(), "test", "rules", file.toString())
			.orElseThrow();
	}

	private static void series(StringBuilder test, String name, String application, String labels, String values) {
		test.append("      - series: '%s{environment=\"demo\", application=\"%s\"%s}'%n        values: '%s'%n"
			.formatted(name, application, labels, values));
	}

	// Of one service; and over the time of the test, for promtool loads no more than
	// 10,000
	// samples.
	private static String wouldHaveFired(String id) {
		String application = List.of("I", "J").contains(id) ? "b" : "a";
		return "(%s) and on (application) flowforge:service{application=\"%s\"}".formatted(DashboardFiles.queries()
			.filter((query) -> query.panel().startsWith("At today's limits"))
			.filter((query) -> query.target().path("refId").asString().equals(id))
			.findFirst()
			.orElseThrow()
			.expression("", "", "")
			.replaceAll("\\[7d:", "[5h:"), application);
	}

	private Program.Result check(String rules) throws IOException {
		Path file = Files.writeString(this.folder.resolve("dashboards.yml"), rules);
		return Program.run(this.folder, Map.of(), "", this.promtool.toString(), "check", "rules", file.toString());
	}

}
