package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The dashboards that are committed, as Grafana reads them.
 */
final class DashboardFiles {

	private DashboardFiles() {
	}

	static List<JsonNode> all() {
		try (Stream<Path> files = Files.list(Repository.file("grafana/dashboards"))) {
			return files.filter((file) -> file.toString().endsWith(".json"))
				.sorted()
				.map(DashboardFiles::read)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static JsonNode read(Path file) {
		return JsonMapper.shared().readTree(file.toFile());
	}

	/**
	 * What all dashboards ask: for panels, and for marks in them.
	 * @return queries
	 */
	static Stream<Query> queries() {
		return all().stream()
			.flatMap((dashboard) -> Stream.concat(
					dashboard.path("panels")
						.valueStream()
						.flatMap((panel) -> Stream.concat(Stream.of(panel), panel.path("panels").valueStream()))
						.flatMap((panel) -> ofPanel(dashboard, panel)),
					dashboard.at("/annotations/list")
						.valueStream()
						.map((mark) -> new Query(title(dashboard), mark.path("name").asString(),
								mark.at("/datasource/type").asString(),
								((ObjectNode) mark.path("target").deepCopy()).put("range", true)))));
	}

	private static Stream<Query> ofPanel(JsonNode dashboard, JsonNode panel) {
		return panel.path("targets")
			.valueStream()
			.map((target) -> new Query(title(dashboard), panel.path("title").asString(),
					target.at("/datasource/type").asString(), target));
	}

	private static String title(JsonNode dashboard) {
		return dashboard.path("title").asString();
	}

	/**
	 * A query of a dashboard.
	 *
	 * @param dashboard its title
	 * @param panel the title of the panel
	 * @param source the type of its data source
	 * @param target what Grafana knows of it
	 */
	record Query(String dashboard, String panel, String source, JsonNode target) {

		/**
		 * What is asked, with values for the variables as Grafana would put them there.
		 * @param application the service
		 * @param range the time that is looked at
		 * @param rateInterval the least time that contains enough scrapes
		 * @return an expression in the language of the data source
		 */
		String expression(String application, String range, String rateInterval) {
			String text = this.target.path("expr").asString(this.target.path("query").asString(""));
			return text.replace("$__rate_interval", rateInterval)
				.replace("$__range", range)
				.replace("$__auto", rateInterval)
				.replace("$application", application)
				.replace("$environment", "demo")
				.replaceAll("\\$\\{\\w+:regex}", "")
				.replaceAll("\\$\\w+", ".+");
		}

		boolean is(String kind) {
			return this.target.path(kind).asBoolean(false);
		}

		@Override
		public String toString() {
			return "%s: %s %s".formatted(this.dashboard, this.panel, this.target.path("refId").asString());
		}

	}

}
