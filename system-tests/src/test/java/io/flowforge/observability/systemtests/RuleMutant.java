package io.flowforge.observability.systemtests;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of rules with one change: a comparison, a number or a {@code for} of an alert, a
 * default limit, or how far a rule looks back that decides when an owner is told, is
 * altered; or a metric of requests or one of its matchers is left out.
 *
 * @param file the file that it is in
 * @param rule the rule that is changed
 * @param change what was changed
 * @param subject the alert or metric that a test must mention to notice it; empty if any
 * may
 * @param rules the whole file afterwards
 */
record RuleMutant(String file, String rule, String change, String subject, String rules) {

	// What is compared, outside of the braces of a selector.
	private static final Pattern COMPARISON = Pattern.compile("(?<= |^)(==|!=|>=|>|<)(?= )");

	private static final Pattern NUMBER = Pattern.compile("(?<=[=><] )[0-9.]*[1-9][0-9.]*(?:e[0-9]+)?");

	private static final Pattern DURATION = Pattern.compile("(?m)^ +(?:for|keep_firing_for): ((?:\\d+[hms])+)$");

	private static final Pattern DEFAULT = Pattern.compile("[0-9.]+(?= \\* flowforge:service,)");

	private static final Pattern ALERT = Pattern.compile("(?ms)^      - alert: (\\w+)$.*?(?=^        labels:$)");

	private static final Pattern RULE = Pattern.compile("(?m)^      - (?:alert|record): ([\\w:]+)$");

	// A metric of requests with its matchers, or as one of several names.
	private static final Pattern REQUESTS = Pattern
		.compile("(?:http_server|flowforge_http)_request\\w+(?:\\{([^}]*)})?");

	private static final Pattern MATCHER = Pattern.compile("\\w+[=!~]+\"[^\"]*\"(?:, )?");

	// A range or an offset, with what is looked at.
	private static final Pattern LOOK_BACK = Pattern
		.compile("(\\w+\\()?[\\w:]+(?:\\{[^}]*})?(?:\\[| offset )((?:\\d+[dhms])+)");

	// Rules that decide when an owner is told.
	private static final Set<String> OF_OWNERS = Set.of("availability.yml", "budget.yml", "errors.yml", "fleet.yml",
			"health.yml", "identity.yml", "latency.yml", "slo.yml", "telemetry.yml");

	// What would change nothing that a test could see.
	private static final Set<String> WITHOUT_EFFECT = Set.of(
			// The limits of the instances that all of it is made of are gone by then.
			"last_over_time(flowforge:service[15m becomes 1800s",
			"last_over_time(process_start_time_seconds[15m becomes 1800s",
			// What was seen ten minutes ago is in the rows of six hours, which promtool
			// writes at each evaluation.
			"flowforge:service_known last_over_time(flowforge:service[10m becomes 300s",
			"flowforge:service_known last_over_time(flowforge:service[10m becomes 1200s",
			// It writes itself as long as the service is known. The hour is for a
			// Prometheus that was down.
			"last_over_time(flowforge:service_owner:start_time_seconds[1h becomes 1800s",
			"last_over_time(flowforge:service_owner:start_time_seconds[1h becomes 7200s",
			// There is one evaluation every 15 s, so both are the one before.
			"flowforge:service_down_early offset 15s becomes 7s",
			"flowforge:service_failing_early offset 15s becomes 7s",
			// The group is evaluated once a minute.
			"FlowForgeErrorBudgetBurn for: 1m becomes 30s");

	// SlowBurnTests notices these. In promtool, thirty days take a minute.
	private static final Pattern THIRTY_DAYS = Pattern.compile(".*\\[30d becomes \\d+s");

	private static final Map<String, String> OTHER = Map.of("==", "!=", "!=", "==", ">=", ">", ">", ">=", "<", "<=");

	/**
	 * All changes of a file.
	 * @param file its name
	 * @param rules its text
	 * @return the changed files
	 */
	static Set<RuleMutant> of(String file, String rules) {
		Set<RuleMutant> mutants = new LinkedHashSet<>();
		ALERT.matcher(rules).results().forEach((alert) -> addAlert(mutants, file, rules, alert));
		Matcher requests = REQUESTS.matcher(rules);
		while (requests.find()) {
			addRequests(mutants, file, rules, requests);
		}
		if (OF_OWNERS.contains(file)) {
			LOOK_BACK.matcher(rules).results().forEach((lookBack) -> addLookBack(mutants, file, rules, lookBack));
		}
		DEFAULT.matcher(rules).results().forEach((limit) -> {
			String other = String.valueOf(Double.parseDouble(limit.group()) * 2);
			mutants.add(new RuleMutant(file, "default",
					rules.substring(limit.start(), rules.indexOf('\n', limit.start())) + " becomes " + other, "",
					with(rules, limit.start(), limit.end(), other)));
		});
		return mutants;
	}

	private static void addAlert(Set<RuleMutant> mutants, String file, String rules, MatchResult alert) {
		String rule = alert.group();
		String name = alert.group(1);
		for (String text : occurrences(COMPARISON, withoutSelectors(rule))) {
			String other = rule.replaceAll("(?<= |^)" + text + "(?= )", Matcher.quoteReplacement(OTHER.get(text)));
			mutants.add(new RuleMutant(file, name, text + " becomes " + OTHER.get(text), name,
					with(rules, alert.start(), alert.end(), other)));
		}
		for (String text : occurrences(NUMBER, withoutSelectors(rule))) {
			for (double factor : new double[] { 0.5, 1.5 }) {
				String number = String.valueOf(Double.parseDouble(text) * factor);
				String other = rule.replaceAll("(?<=[=><] )" + Pattern.quote(text) + "(?=\\s)", number);
				mutants.add(new RuleMutant(file, name, text + " becomes " + number, name,
						with(rules, alert.start(), alert.end(), other)));
			}
		}
		Matcher duration = DURATION.matcher(rule);
		while (duration.find()) {
			long seconds = seconds(duration.group(1));
			for (long other : new long[] { seconds / 2, seconds * 3 / 2 }) {
				String line = duration.group().replace(duration.group(1), other + "s");
				String change = duration.group().strip() + " becomes " + other + "s";
				if (!WITHOUT_EFFECT.contains(name + " " + change)) {
					mutants.add(new RuleMutant(file, name, change, name,
							with(rules, alert.start(), alert.end(), rule.replace(duration.group(), line))));
				}
			}
		}
	}

	private static void addRequests(Set<RuleMutant> mutants, String file, String rules, Matcher requests) {
		// What an annotation asks for decides about no alert.
		if (isInAnnotation(rules, requests.start())) {
			return;
		}
		String metric = requests.group().replaceFirst("\\{.*", "");
		String where = "line %d".formatted(rules.substring(0, requests.start()).lines().count());
		mutants.add(new RuleMutant(file, where, requests.group() + " is left out", metric,
				with(rules, requests.start(), requests.start(), "no_")));
		Matcher matcher = MATCHER.matcher(rules).region(Math.max(requests.start(1), 0), Math.max(requests.end(1), 0));
		while (matcher.find()) {
			mutants.add(new RuleMutant(file, where, requests.group() + " loses " + matcher.group(), metric,
					with(rules, matcher.start(), matcher.end(), "")));
		}
	}

	private static void addLookBack(Set<RuleMutant> mutants, String file, String rules, MatchResult lookBack) {
		if (isInAnnotation(rules, lookBack.start())) {
			return;
		}
		String rule = RULE.matcher(rules.substring(0, lookBack.start()))
			.results()
			.reduce((before, last) -> last)
			.map((last) -> last.group(1))
			.orElseThrow();
		long seconds = seconds(lookBack.group(2));
		for (long other : new long[] { seconds / 2, seconds * 2 }) {
			String change = lookBack.group() + " becomes " + other + "s";
			if (!WITHOUT_EFFECT.contains(change) && !WITHOUT_EFFECT.contains(rule + " " + change)
					&& !THIRTY_DAYS.matcher(change).matches()) {
				mutants.add(new RuleMutant(file, rule, change, "",
						with(rules, lookBack.start(2), lookBack.end(2), other + "s")));
			}
		}
	}

	private static String with(String rules, int start, int end, String other) {
		return rules.substring(0, start) + other + rules.substring(end);
	}

	private static long seconds(String duration) {
		return Duration.parse(duration.endsWith("d") ? "P" + duration : "PT" + duration).toSeconds();
	}

	private static boolean isInAnnotation(String rules, int at) {
		return rules.lastIndexOf("\n        annotations:\n", at) > rules.lastIndexOf("\n      - ", at);
	}

	private static Set<String> occurrences(Pattern pattern, String text) {
		Set<String> found = new LinkedHashSet<>();
		pattern.matcher(text).results().forEach((result) -> found.add(result.group()));
		return found;
	}

	private static String withoutSelectors(String rule) {
		return rule.replaceAll("\\{[^}]*}", "").replaceAll("(?m)#.*$", "");
	}

	@Override
	public String toString() {
		return "%s, %s: %s".formatted(this.file, this.rule, this.change);
	}

}
