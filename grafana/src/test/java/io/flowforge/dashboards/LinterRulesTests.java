package io.flowforge.dashboards;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of Grafana's
 * <a href="https://github.com/grafana/dashboard-linter">dashboard-linter</a>, which is in
 * no package registry. Where it is installed, {@code DashboardLinterTests} runs the
 * linter itself.
 */
class LinterRulesTests {

	// A selector, and the range behind it.
	private static final Pattern SELECTOR = Pattern
		.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{[^}]*})?(\\[[^]]*])?(?![a-zA-Z0-9_:(])");

	private static final Pattern RATE = Pattern.compile("\\bi?rate\\(([^()]|\\([^()]*\\))*\\[([^]]+)]\\)");

	private static final Pattern STREAMS = Pattern.compile("\\{([^{}]*=[^{}]*)}");

	private static final Pattern COUNTER = Pattern.compile("[a-z_]+_total(\\{[^}]*})?");

	// Not made by one target: alerts, and metrics that Tempo makes of spans. The time of
	// scrapes is of all.
	private static final Set<String> OF_NO_TARGET = Set.of(Metrics.ALERTS, Metrics.GRAPH_REQUESTS, Metrics.GRAPH_FAILED,
			Metrics.GRAPH_CLIENT_BUCKET, Metrics.SCRAPE_DURATION);

	static Stream<JsonNode> dashboards() {
		return DashboardLayoutTests.dashboards();
	}

	static Stream<JsonNode> panels() {
		return DashboardLayoutTests.panels();
	}

	static Stream<String> expressions() {
		return panels().flatMap((panel) -> panel.path("targets").valueStream())
			.filter((target) -> target.at("/datasource/type").asString().equals("prometheus"))
			.map((target) -> target.path("expr").asString());
	}

	@ParameterizedTest
	@MethodSource("dashboards")
	void isNotEditable(JsonNode dashboard) {
		assertThat(dashboard.path("editable").asBoolean(true)).isFalse();
	}

	@ParameterizedTest
	@MethodSource("dashboards")
	void dataSourcesAreVariables(JsonNode dashboard) {
		Set<String> sources = variables(dashboard, "datasource").map((variable) -> variable.path("name").asString())
			.map("${%s}"::formatted)
			.collect(Collectors.toSet());
		assertThat(sources).isNotEmpty();
		assertThat(dashboard.findValues("datasource")).isNotEmpty()
			.allSatisfy((source) -> assertThat(source.path("uid").asString()).isIn(sources));
		assertThat(variables(dashboard, "datasource").map((variable) -> variable.path("label").asString()))
			.allMatch((label) -> label.endsWith(" data source"));
	}

	@ParameterizedTest
	@MethodSource("dashboards")
	void variablesFollowTheTime(JsonNode dashboard) {
		assertThat(variables(dashboard, "query")).isNotEmpty()
			.allSatisfy((variable) -> assertThat(variable.path("refresh").asInt()).isEqualTo(2));
	}

	// The identity of a service is its application and environment; those of the stack's
	// parts are job and instance. A dashboard has the variables of what it shows.
	@ParameterizedTest
	@MethodSource("dashboards")
	void targetsCanBeChosen(JsonNode dashboard) {
		if (dashboard.toString().contains("$instance")) {
			for (String name : List.of("job", "instance")) {
				JsonNode variable = variables(dashboard, "query")
					.filter((each) -> each.path("name").asString().equals(name))
					.findFirst()
					.orElseThrow();
				assertThat(variable.path("label").asString()).isEqualToIgnoringCase(name);
				assertThat(variable.path("multi").asBoolean(false)).isTrue();
				assertThat(variable.path("allValue").asString()).isEqualTo(".+");
			}
		}
	}

	@ParameterizedTest
	@MethodSource("panels")
	void panelHasQueries(JsonNode panel) {
		assertThat(panel.path("targets")).isNotEmpty()
			.allSatisfy((target) -> assertThat(target.path("expr").asString("") + target.path("query").asString(""))
				.isNotBlank());
	}

	@ParameterizedTest
	@MethodSource("expressions")
	void ratesLookBackAsFarAsScrapesNeed(String expression) {
		Matcher rates = RATE.matcher(expression);
		while (rates.find()) {
			assertThat(rates.group(2)).isEqualTo("$__rate_interval");
		}
	}

	@ParameterizedTest
	@MethodSource("expressions")
	void countersAreNeverShownOverTheirLifetime(String expression) {
		Matcher counters = COUNTER.matcher(expression);
		while (counters.find()) {
			String before = expression.substring(0, counters.start());
			assertThat(before.endsWith("rate(") || before.endsWith("increase(")).as(counters.group()).isTrue();
		}
	}

	@ParameterizedTest
	@MethodSource("expressions")
	void queriesAskForTheirTargets(String expression) {
		boolean joinsChosenServices = expression.contains("team=~\"$team\"");
		assertThat(selectors(expression)).isNotEmpty().allSatisfy((selector) -> {
			String matchers = (selector.group(2) != null) ? selector.group(2) : "";
			boolean asksForAPart = matchers.contains("job=~\"$job\"") && matchers.contains("instance=~\"$instance\"");
			boolean asksForAService = matchers.contains("environment=") && matchers.contains("application=");
			boolean isOfNoTarget = selector.group(1).startsWith("flowforge:")
					|| OF_NO_TARGET.contains(selector.group(1));
			assertThat(joinsChosenServices || asksForAPart || asksForAService || isOfNoTarget).as(selector.group())
				.isTrue();
		});
	}

	// Loki refuses a selector whose matchers all match the empty string.
	@ParameterizedTest
	@MethodSource("dashboards")
	void selectorsOfLogLinesSelectSomething(JsonNode dashboard) {
		Stream<String> streams = dashboard.findValues("stream").stream().map(JsonNode::asString);
		Stream<String> queries = dashboard.findParents("expr")
			.stream()
			.filter((target) -> target.at("/datasource/type").asString().equals("loki"))
			.map((target) -> target.path("expr").asString());
		assertThat(Stream.concat(streams, queries)
			.filter((text) -> !text.isEmpty())
			.map((text) -> DashboardQuery.withDefaults(text, dashboard)))
			.allSatisfy((text) -> assertThat(STREAMS.matcher(text).results().map((selector) -> selector.group(1)))
				.isNotEmpty()
				.allMatch((matchers) -> matchers.matches(".*=~?\"(?!\\.\\*\")[^\"]+\".*"), text));
	}

	// Grafana's plugin fails on a result whose spans were found by different attributes.
	@ParameterizedTest
	@MethodSource("panels")
	void tracesAreFoundByTheSameAttributes(JsonNode panel) {
		assertThat(panel.path("targets").valueStream().map((target) -> target.path("query").asString("")))
			.noneMatch((query) -> query.contains("||"));
	}

	private static List<MatchResult> selectors(String expression) {
		String bare = expression.replaceAll("\"[^\"]*\\[[^\"]*\"", "\"\"");
		return SELECTOR.matcher(bare)
			.results()
			.filter((match) -> match.group(2) != null || match.group(3) != null)
			.filter((match) -> !match.group(1).matches("by|on"))
			.toList();
	}

	private static Stream<JsonNode> variables(JsonNode dashboard, String type) {
		return dashboard.at("/templating/list")
			.valueStream()
			.filter((variable) -> variable.path("type").asString().equals(type));
	}

}
