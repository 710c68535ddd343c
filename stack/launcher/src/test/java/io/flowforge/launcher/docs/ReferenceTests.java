package io.flowforge.launcher.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.settings.Setting;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The reference says what rules, runbooks and settings say. The tables of alerts are
 * written anew with {@code -Dflowforge.docs.write=true}.
 */
class ReferenceTests {

	private static final Repository REPOSITORY = Repository.around(Path.of(""));

	private static final Path ALERTS = REPOSITORY.file("docs/reference/alerts.md");

	private static final List<String> CATEGORIES = List.of("errors", "latency", "health", "availability", "slo", "logs",
			"telemetry", "meta");

	private static final Pattern GENERATED = Pattern
		.compile("(?s)(<!-- Written by \"make docs\".*?-->\n\n)(.*)(<!-- From here on written by hand\\. -->)");

	private static final Pattern LEAD = Pattern.compile("(?s)\\A# \\w+\n\n(.*?)\n\n");

	private static final Pattern LIMIT = Pattern.compile("flowforge:alert_threshold\\{alert=\"(\\w+)\"");

	private static final Pattern DEFAULT = Pattern
		.compile("label_replace\\(([0-9.]+) \\* flowforge:service, \"alert\", \"(\\w+)\"");

	private static final Pattern RULE = Pattern.compile("flowforge:[a-z0-9_:]+");

	private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]*) \\| ([^|]*) \\|.*$");

	private static final Pattern IMAGE = Pattern.compile("image: \\$\\{([A-Z]+_IMAGE):-([^$]+)\\$\\{[A-Z]+_DIGEST:-}}");

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	// Of these the limits themselves are made.
	private static final String IDENTITY = "identity.yml";

	private static final String LIMITS = read(REPOSITORY.file("prometheus-rules/" + IDENTITY));

	private static final Map<String, String> RECORDED = rules((file) -> !file.getFileName().toString().equals(IDENTITY))
		.filter((rule) -> rule.containsKey("record"))
		.collect(Collectors.toMap((rule) -> text(rule, "record"), (rule) -> text(rule, "expr"), String::concat));

	@Test
	void alertsAreThoseOfRulesAndRunbooks() throws IOException {
		String page = read(ALERTS);
		Matcher generated = GENERATED.matcher(page);
		assertThat(generated.find()).isTrue();
		String expected = page.substring(0, generated.end(1)) + tables() + page.substring(generated.start(3));
		if (Boolean.getBoolean("flowforge.docs.write")) {
			Files.writeString(ALERTS, expected);
		}
		assertThat(read(ALERTS).equals(expected))
			.withFailMessage("docs/reference/alerts.md is not what rules and runbooks say: run \"make docs\".")
			.isTrue();
	}

	@Test
	void recordingRulesAreComplete() {
		List<String> documented = new ArrayList<>();
		firstColumn("docs/reference/recording-rules.md")
			.forEach((names) -> CODE.matcher(names).results().map((code) -> code.group(1)).forEach((name) -> {
				String before = name.startsWith(":") ? documented.get(documented.size() - 1) : "";
				documented.add(before.replaceFirst(":[^:]*$", "") + name);
			}));
		assertThat(documented).filteredOn((rule) -> !rule.equals("flowforge:service_retired"))
			.containsExactlyInAnyOrderElementsOf(rules((file) -> true).filter((rule) -> rule.containsKey("record"))
				.map((rule) -> text(rule, "record"))
				.collect(Collectors.toCollection(TreeSet::new)));
	}

	@Test
	void settingsAreCompleteAndHaveTheirDefaults() {
		String page = read(REPOSITORY.file("docs/reference/stack-settings.md"));
		assertThat(Setting.values()).allSatisfy((setting) -> {
			String row = ROW.matcher(page)
				.results()
				.filter((cells) -> cells.group(1).contains("`" + setting.variable() + "`"))
				.map((cells) -> cells.group(2))
				.collect(Collectors.joining());
			assertThat(row).as(setting.variable()).isNotEmpty();
			if (!setting.standard().isEmpty()) {
				assertThat(row).as(setting.variable()).contains("`" + setting.standard() + "`");
			}
		});
	}

	@Test
	void imagesAreThoseOfCompose() {
		String page = read(REPOSITORY.file("docs/reference/stack-settings.md"));
		assertThat(IMAGE.matcher(read(REPOSITORY.file("stack/compose.yaml"))).results()).isNotEmpty()
			.allSatisfy((image) -> assertThat(page).contains("`" + image.group(1) + "`", "`" + image.group(2) + "`"));
	}

	private static String tables() {
		Map<Boolean, String> rows = rules((file) -> true).filter((rule) -> rule.containsKey("alert"))
			.sorted(Comparator.comparing((rule) -> CATEGORIES.indexOf(label(rule, "category"))))
			.collect(Collectors.partitioningBy((rule) -> "platform".equals(label(rule, "team")),
					Collectors.mapping(ReferenceTests::row, Collectors.joining())));
		String head = """
				| alert | fires when | limit | waits | goes on for | severity | category |
				|---|---|---|---|---|---|---|
				""";
		return "## Alerts of a service\n\n%1$s%2$s\n## Alerts of the platform\n\n%1$s%3$s\n".formatted(head,
				rows.get(false), rows.get(true));
	}

	private static String row(Map<?, ?> rule) {
		String alert = text(rule, "alert");
		return "| [`%1$s`](../runbooks/%1$s.md) | %2$s | %3$s | %4$s | %5$s | %6$s | %7$s |\n".formatted(alert,
				lead(alert), limits(rule), text(rule, "for"), text(rule, "keep_firing_for"), label(rule, "severity"),
				label(rule, "category"));
	}

	private static String lead(String alert) {
		Matcher lead = LEAD.matcher(read(REPOSITORY.file("docs/runbooks/%s.md".formatted(alert))));
		assertThat(lead.find()).as(alert).isTrue();
		return lead.group(1).replace("\n", " ");
	}

	private static String limits(Map<?, ?> rule) {
		Map<String, String> defaults = DEFAULT.matcher(LIMITS)
			.results()
			.collect(Collectors.toMap((limit) -> limit.group(2), (limit) -> limit.group(1)));
		return limits(text(rule, "expr"), new HashSet<>()).distinct()
			.map((name) -> "`alerts.%s` (%s)".formatted(name.replace("_seconds", "").replace('_', '-'),
					defaults.getOrDefault(name, "none") + (name.endsWith("_seconds") ? " s" : "")))
			.collect(Collectors.joining(", "));
	}

	// Also those in the recording rules that an expression is made of.
	private static Stream<String> limits(String expression, Set<String> seen) {
		return Stream.concat(LIMIT.matcher(expression).results().map((limit) -> limit.group(1)),
				RULE.matcher(expression)
					.results()
					.map((rule) -> rule.group())
					.filter(RECORDED::containsKey)
					.filter(seen::add)
					.flatMap((rule) -> limits(RECORDED.get(rule), seen)));
	}

	private static Stream<Map<?, ?>> rules(Predicate<Path> files) {
		return Stream.of("prometheus-rules", "stack/loki/rules/fake")
			.flatMap((folder) -> REPOSITORY.yamlFiles(folder).stream())
			.filter(files)
			.map((file) -> new Yaml(new SafeConstructor(new LoaderOptions())).<Map<?, ?>>load(read(file)))
			.flatMap((file) -> ((List<?>) file.get("groups")).stream())
			.flatMap((group) -> ((List<?>) ((Map<?, ?>) group).get("rules")).stream())
			.map((rule) -> (Map<?, ?>) rule);
	}

	private static String label(Map<?, ?> rule, String name) {
		return text((Map<?, ?>) rule.get("labels"), name);
	}

	private static String text(Map<?, ?> map, String key) {
		Object value = map.get(key);
		return (value != null) ? value.toString() : "";
	}

	private static Stream<String> firstColumn(String page) {
		return ROW.matcher(read(REPOSITORY.file(page))).results().map((cells) -> cells.group(1));
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
