package io.flowforge.dashboards;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A query as it stands in a dashboard's JSON, for tests that send it to its data source.
 *
 * @param dashboard the title of the dashboard
 * @param panel the title of the panel, or the name of the annotation or variable
 * @param source the type of the data source, such as {@code prometheus}
 * @param target the query in Grafana's model
 * @param points how many points the panel wants at most; 0 if as many as it has pixels
 * @param defaults what Grafana sends for each variable until people choose a value, where
 * that is not a value of the variable
 */
public record DashboardQuery(String dashboard, String panel, String source, JsonNode target, int points,
		Map<String, String> defaults) {

	private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-zA-Z_]\\w*)(?::regex)?}?");

	private static final Pattern QUERY_RESULT = Pattern.compile("query_result\\((.*)\\)", Pattern.DOTALL);

	/**
	 * Return the queries of all dashboards: those of panels, of annotations, and of
	 * variables whose values are in the result of a query.
	 * @return the queries, in the order of the dashboards
	 */
	public static Stream<DashboardQuery> all() {
		return Dashboards.models()
			.stream()
			.flatMap((dashboard) -> Stream.of(ofPanels(dashboard), ofAnnotations(dashboard), ofVariables(dashboard))
				.flatMap((queries) -> queries));
	}

	private static Stream<DashboardQuery> ofPanels(JsonNode dashboard) {
		return dashboard.path("panels")
			.valueStream()
			.flatMap((panel) -> Stream.concat(Stream.of(panel), panel.path("panels").valueStream()))
			.flatMap((panel) -> panel.path("targets")
				.valueStream()
				.map((target) -> new DashboardQuery(title(dashboard), panel.path("title").asString(),
						target.at("/datasource/type").asString(), target, panel.path("maxDataPoints").asInt(0),
						defaults(dashboard))));
	}

	private static Stream<DashboardQuery> ofAnnotations(JsonNode dashboard) {
		return dashboard.at("/annotations/list")
			.valueStream()
			.map((annotation) -> new DashboardQuery(title(dashboard), annotation.path("name").asString(),
					annotation.at("/datasource/type").asString(),
					((ObjectNode) annotation.path("target").deepCopy()).put("range", true), 0, defaults(dashboard)));
	}

	private static Stream<DashboardQuery> ofVariables(JsonNode dashboard) {
		return dashboard.at("/templating/list").valueStream().flatMap((variable) -> {
			Matcher result = QUERY_RESULT.matcher(variable.at("/query/query").asString(""));
			return result.matches() ? Stream.of(new DashboardQuery(title(dashboard), variable.path("name").asString(),
					variable.at("/datasource/type").asString(),
					((ObjectNode) variable.path("query").deepCopy()).put("expr", result.group(1)), 0,
					defaults(dashboard))) : Stream.empty();
		});
	}

	private static Map<String, String> defaults(JsonNode dashboard) {
		return dashboard.at("/templating/list")
			.valueStream()
			.filter((variable) -> variable.has("allValue") || variable.at("/current/value").asString("-").isEmpty())
			.collect(Collectors.toMap((variable) -> variable.path("name").asString(),
					(variable) -> variable.path("allValue").asString("")));
	}

	private static String title(JsonNode dashboard) {
		return dashboard.path("title").asString();
	}

	/**
	 * Return the expression with values in place of its variables, as Grafana would send
	 * it. Every other variable has its default.
	 * @param application the name of the service
	 * @param range the length of the time range
	 * @param rateInterval the interval for rates
	 * @return an expression in the language of the data source
	 */
	public String expression(String application, String range, String rateInterval) {
		String text = this.target.path("expr").asString(this.target.path("query").asString(""));
		return withDefaults(text.replace("$__rate_interval", rateInterval)
			.replace("$__range", range)
			.replace("$__auto", rateInterval)
			.replace("=\"$application\"", "=\"%s\"".formatted(application))
			.replace("=\"$environment\"", "=\"demo\""), this.defaults);
	}

	/**
	 * Return an expression as Grafana sends it until people choose values.
	 * @param text the expression, with variables
	 * @param dashboard the dashboard of the variables
	 * @return the expression, with their defaults
	 */
	public static String withDefaults(String text, JsonNode dashboard) {
		return withDefaults(text, defaults(dashboard));
	}

	private static String withDefaults(String text, Map<String, String> defaults) {
		return VARIABLE.matcher(text)
			.replaceAll((variable) -> Matcher.quoteReplacement(defaults.getOrDefault(variable.group(1), ".+")));
	}

	/**
	 * Whether a property of the query is set, such as {@code range} or {@code exemplar}.
	 * @param property the name of the property
	 * @return whether it is {@code true}
	 */
	public boolean is(String property) {
		return this.target.path(property).asBoolean(false);
	}

	@Override
	public String toString() {
		return "%s: %s %s".formatted(this.dashboard, this.panel, this.target.path("refId").asString());
	}

}
