package io.flowforge.dashboards;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Dashboards are pleasant to read: order, even lines of panels, short titles, units,
 * legends, and colours that mean something. The tests read the JSON, whatever wrote it.
 */
class DashboardLayoutTests {

	private static final int COLUMNS = 24;

	private static final Set<String> WITH_LEGEND = Set.of("timeseries", "state-timeline", "heatmap");

	private static final String RED = Colour.WRONG.toString();

	// Names of what is always red, not only beyond a limit.
	private static final Pattern WRONG = Pattern.compile(
			"failed|errors?|5xx|lost|dropped|refused|delivered|discarded|given up|down|critical|firing|silent|to alertmanager",
			Pattern.CASE_INSENSITIVE);

	static Stream<JsonNode> dashboards() {
		return Dashboards.models().stream();
	}

	static Stream<JsonNode> panels() {
		return dashboards().flatMap(DashboardLayoutTests::all)
			.filter((panel) -> !panel.path("type").asString().equals("row"));
	}

	// Also the panels in collapsed rows.
	private static Stream<JsonNode> all(JsonNode dashboard) {
		return dashboard.path("panels")
			.valueStream()
			.flatMap((panel) -> Stream.concat(Stream.of(panel), panel.path("panels").valueStream()));
	}

	@ParameterizedTest
	@MethodSource("dashboards")
	void linesAreEvenAndWithoutGaps(JsonNode dashboard) {
		Map<Integer, List<JsonNode>> lines = all(dashboard).map((panel) -> panel.path("gridPos"))
			.collect(Collectors.groupingBy((position) -> position.path("y").asInt(), TreeMap::new,
					Collectors.toCollection(ArrayList::new)));
		int below = 0;
		for (Map.Entry<Integer, List<JsonNode>> line : lines.entrySet()) {
			assertThat(line.getKey()).as("where a line begins").isEqualTo(below);
			assertThat(line.getValue().stream().map((position) -> position.path("h").asInt()).distinct())
				.as("heights in the line at %d", line.getKey())
				.hasSize(1);
			int right = 0;
			for (JsonNode position : line.getValue()) {
				assertThat(position.path("x").asInt()).as("where a panel begins, in the line at %d", line.getKey())
					.isEqualTo(right);
				right += position.path("w").asInt();
			}
			assertThat(right).as("where the line at %d ends", line.getKey()).isEqualTo(COLUMNS);
			below += line.getValue().get(0).path("h").asInt();
		}
	}

	@ParameterizedTest
	@MethodSource("dashboards")
	void titlesAreShortAndSaidOnce(JsonNode dashboard) {
		List<String> titles = all(dashboard).filter((panel) -> !panel.path("type").asString().equals("row"))
			.map((panel) -> panel.path("title").asString())
			.toList();
		assertThat(titles).allSatisfy((title) -> assertThat(title).isNotBlank().hasSizeLessThanOrEqualTo(40));
		assertThat(titles.stream().filter((title) -> titles.indexOf(title) != titles.lastIndexOf(title))).allMatch(
				(title) -> Set.of("Requests", "Errors", "Instances").contains(title),
				"is once a number and once a line");
	}

	@Test
	void questionsComeInTheOrderInWhichTheyAreAsked() {
		assertThat(headings(ServiceDashboard.UID)).startsWith("Is it mine, and is it bad?", "Since when?",
				"Which route?", "Which request?");
		assertThat(headings(ServicesDashboard.UID)).startsWith("Is it mine, and is it bad?", "Since when?");
	}

	private static List<String> headings(String uid) {
		return dashboards().filter((dashboard) -> dashboard.path("uid").asString().equals(uid))
			.flatMap((dashboard) -> dashboard.path("panels").valueStream())
			.filter((panel) -> panel.path("type").asString().equals("row"))
			.map((row) -> row.path("title").asString())
			.toList();
	}

	@ParameterizedTest
	@MethodSource("panels")
	void panelSaysWhatItShows(JsonNode panel) {
		assertThat(panel.path("description").asString()).endsWith(".").hasSizeGreaterThan(10);
		assertThat(panel.at("/fieldConfig/defaults/unit").asString("")).as("unit").isNotEmpty();
		if (panel.path("type").asString().equals("table")
				&& panel.at("/transformations/0/id").asString("").equals("merge")) {
			assertThat(columns(panel)).isNotEmpty()
				.allSatisfy((column) -> assertThat(override(panel, column, "unit")).as(column).isNotEmpty());
		}
	}

	// Those with numbers.
	private static List<String> columns(JsonNode panel) {
		if (!panel.has("transformations")) {
			return List.of();
		}
		JsonNode organize = panel.path("transformations").get(panel.path("transformations").size() - 1).path("options");
		return organize.path("renameByName")
			.propertyStream()
			.filter((entry) -> entry.getKey().startsWith("Value"))
			.map((entry) -> entry.getValue().asString())
			.toList();
	}

	private static String override(JsonNode panel, String name, String id) {
		return panel.at("/fieldConfig/overrides")
			.valueStream()
			.filter((override) -> override.at("/matcher/options").asString().equals(name))
			.flatMap((override) -> override.path("properties").valueStream())
			.filter((property) -> property.path("id").asString().equals(id))
			.map((property) -> property.path("value").asString(""))
			.findFirst()
			.orElse("");
	}

	// A count that is zero where there is nothing has a value.
	@ParameterizedTest
	@MethodSource("panels")
	void emptyPanelSaysWhy(JsonNode panel) {
		if (!panel.path("targets").path(0).path("expr").asString("").endsWith("or vector(0)")) {
			assertThat(panel.at("/fieldConfig/defaults/noValue").asString("")).isNotEmpty();
		}
	}

	// With merged values, Grafana has no colours of a mapping in the mode "thresholds".
	@ParameterizedTest
	@MethodSource("panels")
	void statesHaveTheColoursOfTheirMapping(JsonNode panel) {
		if (panel.path("type").asString().equals("state-timeline")) {
			assertThat(panel.at("/fieldConfig/defaults/color/mode").asString()).isEqualTo("fixed");
			assertThat(panel.at("/fieldConfig/defaults/mappings")).isNotEmpty();
		}
	}

	@ParameterizedTest
	@MethodSource("panels")
	void heatmapsHaveAUnitForTheirAxisAndOneForTheirCells(JsonNode panel) {
		if (panel.path("type").asString().equals("heatmap")) {
			assertThat(panel.at("/options/yAxis/unit").asString()).isEqualTo(Unit.SECONDS.toString());
			assertThat(panel.at("/options/cellValues/unit").asString()).isEqualTo(Unit.COUNT.toString());
			assertThat(panel.findValues("exemplar")).as("they would cover the cells").isEmpty();
		}
	}

	@ParameterizedTest
	@MethodSource("panels")
	void columnsAreAsWideAsTheirNumbers(JsonNode panel) {
		for (String column : columns(panel)) {
			Unit unit = Stream.of(Unit.values())
				.filter((each) -> each.toString().equals(override(panel, column, "unit")))
				.findFirst()
				.orElseThrow();
			assertThat(Integer.parseInt(override(panel, column, "custom.width"))).as(column)
				.isGreaterThanOrEqualTo(unit.width());
		}
	}

	@ParameterizedTest
	@MethodSource("panels")
	void linesAreNamed(JsonNode panel) {
		if (WITH_LEGEND.contains(panel.path("type").asString())) {
			JsonNode legend = panel.at("/options/legend");
			assertThat(legend.path("showLegend").asBoolean(legend.path("show").asBoolean(false))).as("legend").isTrue();
			assertThat(panel.path("targets").valueStream().map((target) -> target.path("legendFormat").asString("")))
				.doesNotContain("", "__auto");
		}
	}

	@ParameterizedTest
	@MethodSource("panels")
	void coloursMeanSomething(JsonNode panel) {
		JsonNode defaults = panel.at("/fieldConfig/defaults");
		if (WITH_LEGEND.contains(panel.path("type").asString()) || panel.path("type").asString().equals("stat")) {
			assertThat(defaults.at("/color/mode").asString(panel.at("/options/color/mode").asString("")))
				.as("no palette: all of them have red in them")
				.isIn("fixed", "shades", "thresholds", "scheme", "continuous-BlPu");
		}
		if (defaults.at("/color/fixedColor").asString("").equals(RED)) {
			assertThat(panel.path("title").asString()).containsPattern(WRONG);
		}
		wordsInRedAreOfSomethingWrong(defaults.path("mappings"));
		redBeginsAtALimit(defaults.path("thresholds"));
		for (JsonNode override : panel.at("/fieldConfig/overrides")) {
			for (JsonNode property : override.path("properties")) {
				if (property.at("/value/fixedColor").asString("").equals(RED)) {
					assertThat(override.at("/matcher/options").asString()).containsPattern(WRONG);
				}
				if (property.path("id").asString().equals("mappings")) {
					wordsInRedAreOfSomethingWrong(property.path("value"));
				}
				redBeginsAtALimit(property.path("value"));
			}
		}
	}

	private static void wordsInRedAreOfSomethingWrong(JsonNode mappings) {
		for (JsonNode mapping : mappings) {
			for (JsonNode word : mapping.path("options")) {
				if (word.path("color").asString().equals(RED)) {
					assertThat(word.path("text").asString()).containsPattern(WRONG);
				}
			}
		}
	}

	private static void redBeginsAtALimit(JsonNode thresholds) {
		assertThat(thresholds.at("/steps/0/color").asString("")).isNotEqualTo(RED);
	}

}
