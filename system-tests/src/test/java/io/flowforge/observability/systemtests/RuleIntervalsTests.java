package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.flowforge.launcher.Repository;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No slow group of rules stands between a failure and its message. The tests of the rules
 * cannot see one: promtool evaluates all groups at the same interval.
 */
class RuleIntervalsTests {

	private static final Repository REPOSITORY = Repository.around(Path.of(""));

	// These may be a minute or two old: limits and owners change when a service is
	// deployed, and a target is a service before anybody has asked it anything. A new
	// service has an owner and the default limits a minute late, and its own limits two
	// minutes after that. What is only remembered for hours comes from rows of ten
	// minutes. The alert on an error budget has a `for` that is a minute shorter
	// instead.
	private static final Map<String, String> SLOWER = Map.of("flowforge-thresholds-instances", "2m",
			"flowforge-thresholds", "1m", "flowforge-services-with-requests", "1m", "flowforge-owners", "1m",
			"flowforge-slo", "1m", "flowforge-services-seen", "10m");

	private static final Pattern RECORDED = Pattern.compile("flowforge:[\\w:]+");

	@Test
	void whatSomebodyMustGetUpForIsEvaluatedAtEachInterval() throws IOException {
		List<Rule> rules = rules();
		Map<String, List<Rule>> recorded = new HashMap<>();
		rules.stream()
			.filter((rule) -> !rule.isAlert())
			.forEach((rule) -> recorded.computeIfAbsent(rule.name(), (name) -> new ArrayList<>()).add(rule));
		Set<String> slower = new TreeSet<>();
		List<Rule> urgent = rules.stream().filter(Rule::isUrgent).toList();
		assertThat(urgent).extracting(Rule::name)
			.contains("FlowForgeHighErrorRatio", "FlowForgeHighLatencyP99", "FlowForgeHealthCheckFailing");
		for (Rule alert : urgent) {
			for (Rule rule : withAllThatItReads(alert, recorded)) {
				if (!rule.interval().equals(SLOWER.getOrDefault(rule.group(), ""))) {
					slower.add("%s waits for %s, every %s in %s".formatted(alert.name(), rule.name(), rule.interval(),
							rule.group()));
				}
			}
		}
		assertThat(slower).isEmpty();
	}

	private static Set<Rule> withAllThatItReads(Rule alert, Map<String, List<Rule>> recorded) {
		Set<Rule> read = new LinkedHashSet<>();
		List<Rule> next = new ArrayList<>(List.of(alert));
		while (!next.isEmpty()) {
			Rule rule = next.remove(0);
			if (read.add(rule)) {
				RECORDED.matcher(rule.expression())
					.results()
					.forEach((row) -> next.addAll(recorded.getOrDefault(row.group(), List.of())));
			}
		}
		return read;
	}

	private static List<Rule> rules() throws IOException {
		List<Rule> rules = new ArrayList<>();
		for (Path file : REPOSITORY.yamlFiles("prometheus-rules")) {
			try (Reader reader = Files.newBufferedReader(file)) {
				Map<?, ?> yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
				for (Object group : (List<?>) yaml.get("groups")) {
					for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
						rules.add(Rule.of((Map<?, ?>) group, (Map<?, ?>) rule));
					}
				}
			}
		}
		return rules;
	}

	/**
	 * One rule.
	 *
	 * @param group the group that it is in
	 * @param interval how often the group is evaluated; empty if as often as Prometheus
	 * is configured to
	 * @param name the alert or the series
	 * @param isAlert whether it is an alert
	 * @param isUrgent whether somebody must get up for it, or it is one of the three
	 * alerts that the stack promises
	 * @param expression what it asks for
	 */
	private record Rule(String group, String interval, String name, boolean isAlert, boolean isUrgent,
			String expression) {

		static Rule of(Map<?, ?> group, Map<?, ?> rule) {
			boolean isAlert = rule.containsKey("alert");
			Map<?, ?> labels = (Map<?, ?>) ((rule.get("labels") != null) ? rule.get("labels") : Map.of());
			boolean isUrgent = isAlert
					&& ("critical".equals(labels.get("severity")) || "latency".equals(labels.get("category")));
			Object interval = group.get("interval");
			return new Rule((String) group.get("name"), (interval != null) ? interval.toString() : "",
					(String) rule.get(isAlert ? "alert" : "record"), isAlert, isUrgent, (String) rule.get("expr"));
		}

	}

}
