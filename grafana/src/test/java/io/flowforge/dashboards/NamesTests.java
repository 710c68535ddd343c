package io.flowforge.dashboards;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.flowforge.observability.MetricNames;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The starter, the rules and the dashboards use the same names of metrics, recording
 * rules and alerts. After a rename, this says where else a name is used.
 */
class NamesTests {

	// With a dot before it, it is a label in a template. Log lines of background work are
	// marked with an attribute.
	private static final Pattern METRIC = Pattern.compile("(?<![a-z:.])flowforge_(?!background)[a-z_]+");

	private static final Pattern RECORD = Pattern.compile("(?m)^      - record: (\\S+)$");

	private static final Pattern ALERT = Pattern.compile("(?m)^      - alert: (\\S+)$");

	@Test
	void rulesUseOnlyMetricsOfTheStarter() throws IOException {
		assertThat(found(METRIC, rules())).isNotEmpty().isSubsetOf(exported());
	}

	@Test
	void dashboardsUseOnlyMetricsOfTheStarter() {
		assertThat(found(METRIC, String.join("", Dashboards.files().values()))).isNotEmpty().isSubsetOf(exported());
	}

	// The tests of the Collector see these metrics of the rules.
	@Test
	void failuresOfTheCollectorAreThoseOfTheRules() throws IOException {
		Pattern failures = Pattern.compile("otelcol_exporter_(?:send|enqueue)_failed_\\w+");
		assertThat(found(failures, String.join("", Dashboards.files().values()))).isNotEmpty()
			.isEqualTo(found(failures, rules()));
	}

	// Of both conventions: RequestMetricsTests sees them in real scrapes.
	@Test
	void requestsAreThoseOfTheRules() throws IOException {
		Pattern requests = Pattern.compile("http_server_\\w+_(?:count|bucket)");
		assertThat(found(requests, String.join("", Dashboards.files().values()))).hasSize(4)
			.isEqualTo(found(requests, rules()));
	}

	@Test
	void dashboardsUseOnlyRecordedRules() throws IOException {
		Set<String> recorded = found(RECORD, rules());
		assertThat(found(Pattern.compile("flowforge:[a-z0-9_:]+"), String.join("", Dashboards.files().values())))
			.isNotEmpty()
			.isSubsetOf(recorded);
	}

	@Test
	void dashboardsUseOnlyAlertsThatExist() throws IOException {
		assertThat(constants(Alerts.class)).isNotEmpty().isSubsetOf(found(ALERT, rules()));
	}

	@Test
	void linksOfMessagesLeadToDashboards() throws IOException {
		Set<String> uids = new TreeSet<>();
		for (String file : List.of("templates/dashboard", "links/traces-panel", "links/logs-panel")) {
			uids.addAll(found(Pattern.compile("(flowforge-[a-z]+)/"),
					Files.readString(Path.of("../alertmanager", file + ".tmpl"))));
		}
		assertThat(uids).hasSize(2)
			.isSubsetOf(Dashboards.files()
				.keySet()
				.stream()
				.map((file) -> "flowforge-" + file.replace(".json", ""))
				.toList());
	}

	// As Prometheus has them: gauges, counters, and timers with buckets.
	private static Set<String> exported() {
		return constants(MetricNames.class).stream()
			.map((name) -> name.replace('.', '_'))
			.flatMap((name) -> Stream.of(name, name + "_total", name + "_seconds_bucket"))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Set<String> constants(Class<?> names) {
		return Stream.of(names.getDeclaredFields())
			.filter((field) -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
			.map(NamesTests::value)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static String value(Field field) {
		try {
			return (String) field.get(null);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Set<String> found(Pattern pattern, String text) {
		return pattern.matcher(text)
			.results()
			.map((MatchResult match) -> match.group(match.groupCount()))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static String rules() throws IOException {
		StringBuilder rules = new StringBuilder();
		for (String folder : new String[] { "../prometheus-rules", "../stack/loki/rules/fake" }) {
			try (Stream<Path> files = Files.list(Path.of(folder))) {
				for (Path file : files.filter((path) -> path.toString().endsWith(".yml")).toList()) {
					rules.append(Files.readString(file));
				}
			}
		}
		return rules.toString();
	}

}
