package io.flowforge.dashboards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.RequiredPrograms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * promtool accepts each PromQL expression of the dashboards.
 */
class DashboardExpressionTests {

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

	private static final Pattern RANGE_SELECTOR = Pattern.compile("\\[([^]]+)]");

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
	 * Each refresh asks again. Of hundreds of services, a week would be too much for it,
	 * and so would be a point for each pixel.
	 */
	@Test
	void allServicesTogetherAreAskedForLittle() {
		List<DashboardQuery> queries = DashboardQuery.all()
			.filter((query) -> query.dashboard().equals("Services"))
			.toList();
		assertThat(queries).hasSizeGreaterThan(20).allSatisfy((query) -> {
			String expression = query.target().path("expr").asString();
			assertThat(expression).doesNotContain("offset", "@", "$__range");
			assertThat(RANGE_SELECTOR.matcher(expression).results().map((range) -> range.group(1))).isSubsetOf("35m",
					"$__rate_interval");
			assertThat(query.is("range")).isEqualTo(query.points() > 0);
			assertThat(query.points()).isLessThanOrEqualTo(100);
		});
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
		promtoolTest(test);
	}

	/**
	 * In each cluster the same alert is another one, which Alertmanager finds by what
	 * stands before the service in its filter.
	 */
	@Test
	void matchersOfAnAlertNameItsClusterWhereThereIsOne() throws IOException {
		String alert = "ALERTS{alertname=\"Down\", alertstate=\"firing\", severity=\"critical\", environment=\"demo\", "
				+ "application=\"orders-service\"%s}";
		StringBuilder test = new StringBuilder("""
				evaluation_interval: 1m
				tests:
				  - interval: 1m
				    input_series:
				""");
		for (String cluster : List.of("", ", cluster=\"east\"", ", cluster=\"west\"")) {
			test.append("      - {series: '%s', values: '1'}%n".formatted(alert.formatted(cluster)));
		}
		test.append("    promql_expr_test:\n      - expr: |\n")
			.append(query("What fires", "A").expression("orders-service", "10m", "5m").indent(10))
			.append("""
					        eval_time: 0m
					        exp_samples:
					          - {labels: '{alertname="Down", severity="critical", matchers="alertname=\\"Down\\""}', value: 1}
					""");
		for (String cluster : List.of("east", "west")) {
			test.append(("          - {labels: '{alertname=\"Down\", severity=\"critical\", cluster=\"%1$s\", "
					+ "matchers=\"alertname=\\\"Down\\\",cluster=\\\"%1$s\\\"\"}', value: 1}%n")
				.formatted(cluster));
		}
		promtoolTest(test);
	}

	private void promtoolTest(CharSequence test) throws IOException {
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
