package io.flowforge.dashboards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.RequiredPrograms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * promtool accepts each PromQL expression of the dashboards.
 */
class DashboardExpressionTests {

	// Panel, query, service and value: a count, or seconds.
	private static final String EXPECTED = """
			At today's limits, in 7 days      | C | a | 2
			At today's limits, in 7 days      | D | a | 720
			At today's limits, in 7 days      | F | a | 2
			At today's limits, in 7 days      | G | a | 720
			At today's limits, in 7 days      | I | b | 1
			At today's limits, in 7 days      | J | b | 900
			Alerts without a limit, in 7 days | D | a | 1
			Alerts without a limit, in 7 days | E | a | 600
			""";

	// Panel, query and rows.
	private static final String OF_EITHER_CONVENTION = """
			route              | Variable | {uri="/orders"} 1
			Failing routes     | A | {method="POST", uri="/orders"} 300
			Failing routes     | B | {method="POST", uri="/orders"} 30
			Failing routes     | C | {method="POST", uri="/orders"} 0.1
			Slow routes        | C | {method="POST", uri="/orders"} 3.8
			Requests by status | A | {status_class="2"} 0.45, {status_class="5"} 0.05
			Requests by duration | A | {le="2.0"} 135, {le="4.0"} 150, {le="+Inf"} 150
			Instances          | C | {instance="a:1"} 0.167, {instance="b:1"} 0.167, {instance="c:1"} 0.167
			Instances          | D | {instance="a:1"} 0.017, {instance="b:1"} 0.017, {instance="c:1"} 0.017
			""";

	private final Path promtool = RequiredPrograms.require("promtool");

	@TempDir
	private Path folder;

	@Test
	void areValid() throws IOException {
		List<DashboardQuery> queries = DashboardQuery.all()
			.filter((query) -> query.source().equals("prometheus"))
			.toList();
		assertThat(queries).hasSizeGreaterThan(100);
		StringBuilder rules = new StringBuilder("groups:\n  - name: dashboards\n    rules:\n");
		for (int i = 0; i < queries.size(); i++) {
			rules.append("      # %s%n      - record: query%d%n        expr: |%n%s".formatted(queries.get(i), i,
					queries.get(i).expression("orders-service", "1h", "1m").indent(10)));
		}
		check(rules.toString()).orElseThrow();
		Programs.Result broken = check(rules.append("      - record: broken\n        expr: sum(up\n").toString());
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
	 * <li>Down, as recorded: for 10 minutes.</li>
	 * </ul>
	 * The budget of the second burns for 12 minutes.
	 */
	@Test
	void tableSaysHowOftenAndHowLongAlertsWouldHaveFired() throws IOException {
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
		for (String cell : EXPECTED.split("\n")) {
			String[] parts = cell.split(" *\\| *");
			String expression = "(%s) and on (application) flowforge:service{application=\"%s\"}"
				.formatted(expression(parts[0], parts[1]), parts[2]);
			test.append("      - expr: |\n%s".formatted(expression.indent(10)))
				.append("        eval_time: 300m\n        exp_samples:\n")
				.append("          - {labels: '{environment=\"demo\", application=\"%s\"}', value: %s}\n"
					.formatted(parts[2], parts[3]));
		}
		Path file = Files.writeString(this.folder.resolve("test.yml"), test);
		Programs.run(this.folder, this.promtool.toString(), "test", "rules", file.toString()).orElseThrow();
	}

	/**
	 * Three instances answer ten requests a minute each. The first has Micrometer's
	 * metric, the second OpenTelemetry's, the third both and counts once.
	 */
	@Test
	void requestsOfEitherConventionCount() throws IOException {
		StringBuilder test = new StringBuilder("""
				evaluation_interval: 1m
				tests:
				  - interval: 1m
				    input_series:
				""");
		for (String instance : List.of("a:1", "c:1")) {
			requests(test, "http_server_requests_seconds", instance, "method=\"POST\", uri=\"/orders\", status=\"%s\"");
			requests(test, "http_server_requests_seconds", instance,
					"method=\"GET\", uri=\"/actuator/health\", status=\"%s\"");
		}
		for (String instance : List.of("b:1", "c:1")) {
			requests(test, "http_server_request_duration_seconds", instance,
					"http_request_method=\"POST\", http_route=\"/orders\", http_response_status_code=\"%s\"");
			requests(test, "http_server_request_duration_seconds", instance,
					"http_request_method=\"GET\", http_route=\"/shop/actuator/health\", http_response_status_code=\"%s\"");
		}
		test.append("    promql_expr_test:\n");
		for (String row : OF_EITHER_CONVENTION.split("\n")) {
			String[] parts = row.split(" *\\| *");
			test.append("      - expr: |\n%s".formatted(
					"round(%s, 0.001)".formatted(query(parts[0], parts[1]).expression("orders-service", "10m", "5m"))
						.indent(10)))
				.append("        eval_time: 60m\n        exp_samples:\n");
			for (String sample : parts[2].split(", (?=\\{)")) {
				test.append("          - {labels: '%s', value: %s}%n".formatted((Object[]) sample.split("(?<=}) ")));
			}
		}
		Path file = Files.writeString(this.folder.resolve("test.yml"), test);
		Programs.run(this.folder, this.promtool.toString(), "test", "rules", file.toString()).orElseThrow();
	}

	private static void requests(StringBuilder test, String metric, String instance, String labels) {
		String target = ", job=\"services\", instance=\"%s\", ".formatted(instance);
		for (String status : List.of("200", "503")) {
			int amount = status.equals("200") ? 9 : 1;
			String all = target + labels.formatted(status);
			series(test, metric + "_count", "orders-service", all, "0+%dx60".formatted(amount));
			series(test, metric + "_bucket", "orders-service", all + ", le=\"2.0\"",
					"0+%dx60".formatted(amount / 9 * 9));
			series(test, metric + "_bucket", "orders-service", all + ", le=\"4.0\"", "0+%dx60".formatted(amount));
			series(test, metric + "_bucket", "orders-service", all + ", le=\"+Inf\"", "0+%dx60".formatted(amount));
		}
	}

	private static void series(StringBuilder test, String name, String application, String labels, String values) {
		test.append("      - series: '%s{environment=\"demo\", application=\"%s\"%s}'%n        values: '%s'%n"
			.formatted(name, application, labels, values));
	}

	// Over the five hours of the test, as promtool loads at most 10,000 samples.
	private static String expression(String panel, String id) {
		return query(panel, id).expression("", "", "").replace("[7d:", "[5h:");
	}

	private static DashboardQuery query(String panel, String id) {
		return DashboardQuery.all()
			.filter((query) -> query.panel().equals(panel))
			.filter((query) -> query.target().path("refId").asString().equals(id))
			.findFirst()
			.orElseThrow();
	}

	private Programs.Result check(String rules) throws IOException {
		Path file = Files.writeString(this.folder.resolve("dashboards.yml"), rules);
		return Programs.run(this.folder, this.promtool.toString(), "check", "rules", file.toString());
	}

}
