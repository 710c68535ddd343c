package io.flowforge.dashboards;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
 */
public record DashboardQuery(String dashboard, String panel, String source, JsonNode target) {

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
						target.at("/datasource/type").asString(), target)));
	}

	private static Stream<DashboardQuery> ofAnnotations(JsonNode dashboard) {
		return dashboard.at("/annotations/list")
			.valueStream()
			.map((annotation) -> new DashboardQuery(title(dashboard), annotation.path("name").asString(),
					annotation.at("/datasource/type").asString(),
					((ObjectNode) annotation.path("target").deepCopy()).put("range", true)));
	}

	private static Stream<DashboardQuery> ofVariables(JsonNode dashboard) {
		return dashboard.at("/templating/list").valueStream().flatMap((variable) -> {
			Matcher result = QUERY_RESULT.matcher(variable.at("/query/query").asString(""));
			return result.matches()
					? Stream.of(new DashboardQuery(title(dashboard), variable.path("name").asString(),
							variable.at("/datasource/type").asString(),
							((ObjectNode) variable.path("query").deepCopy()).put("expr", result.group(1))))
					: Stream.empty();
		});
	}

	private static String title(JsonNode dashboard) {
		return dashboard.path("title").asString();
	}

	/**
	 * Return the expression with values in place of its variables, as Grafana would send
	 * it. Every other variable matches everything.
	 * @param application the name of the service
	 * @param range the length of the time range
	 * @param rateInterval the interval for rates
	 * @return an expression in the language of the data source
	 */
	public String expression(String application, String range, String rateInterval) {
		String text = this.target.path("expr").asString(this.target.path("query").asString(""));
		return text.replace("$__rate_interval", rateInterval)
			.replace("$__range", range)
			.replace("$__auto", rateInterval)
			.replace("$application", application)
			.replace("$environment", "demo")
			.replaceAll("\\$\\{\\w+:regex}", "")
			.replaceAll("\\$[a-zA-Z_]\\w*", ".+");
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
