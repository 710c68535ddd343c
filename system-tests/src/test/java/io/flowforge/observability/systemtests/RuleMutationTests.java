package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.RequiredPrograms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tests of the rules notice every change that matters: each comparison, each number,
 * each {@code for} of each alert and each default limit is altered, one at a time, and
 * some promtool test must fail.
 */
class RuleMutationTests {

	private static final Repository REPOSITORY = Repository.around(Path.of(""));

	// What is compared, outside of the braces of a selector.
	private static final Pattern COMPARISON = Pattern.compile("(?<= |^)(==|!=|>=|>|<)(?= )");

	private static final Pattern NUMBER = Pattern.compile("(?<=[=><] )[0-9.]*[1-9][0-9.]*");

	private static final Pattern DURATION = Pattern.compile("(?m)^ +(?:for|keep_firing_for): (\\d+)m");

	private static final Pattern DEFAULT = Pattern.compile("[0-9.]+(?= \\* flowforge:service,)");

	private static final Pattern ALERT = Pattern.compile("(?ms)^      - alert: (\\w+)$.*?(?=^        labels:$)");

	private static final Map<String, String> OTHER = Map.of("==", "!=", "!=", "==", ">=", ">", ">", ">=", "<", "<=");

	private final Path promtool = RequiredPrograms.require("promtool");

	@Test
	void eachChangeOfARuleIsNoticed(@TempDir Path folder) {
		List<Mutant> mutants = new ArrayList<>();
		for (Path file : REPOSITORY.yamlFiles("prometheus-rules")) {
			mutants.addAll(mutantsOf(file));
		}
		assertThat(mutants).hasSizeGreaterThan(50);
		List<String> unnoticed = mutants.parallelStream()
			.filter((mutant) -> !isNoticed(mutant, folder))
			.map(Mutant::toString)
			.toList();
		assertThat(unnoticed).as("changes that no promtool test notices").isEmpty();
		System.out.printf("Each of %d changes of the rules is noticed by a promtool test%n", mutants.size());
	}

	private static Set<Mutant> mutantsOf(Path file) {
		String name = file.getFileName().toString();
		String rules = read(file);
		Set<Mutant> mutants = new LinkedHashSet<>();
		Matcher alert = ALERT.matcher(rules);
		while (alert.find()) {
			String rule = alert.group();
			for (String text : occurrences(COMPARISON, withoutSelectors(rule))) {
				mutants
					.add(new Mutant(name, alert.group(1), text + " becomes " + OTHER.get(text), replaceIn(rules, alert,
							rule.replaceAll("(?<= |^)" + text + "(?= )", Matcher.quoteReplacement(OTHER.get(text))))));
			}
			for (String text : occurrences(NUMBER, withoutSelectors(rule))) {
				for (double factor : new double[] { 0.5, 1.5 }) {
					String other = String.valueOf(Double.parseDouble(text) * factor);
					mutants.add(new Mutant(name, alert.group(1), text + " becomes " + other, replaceIn(rules, alert,
							rule.replaceAll("(?<=[=><] )" + Pattern.quote(text) + "(?=\\s)", other))));
				}
			}
			Matcher duration = DURATION.matcher(rule);
			while (duration.find()) {
				int seconds = Integer.parseInt(duration.group(1)) * 60;
				for (int other : new int[] { seconds / 2, seconds * 3 / 2 }) {
					String line = duration.group().replaceFirst("\\d+m", other + "s");
					mutants.add(new Mutant(name, alert.group(1), duration.group().strip() + " becomes " + other + "s",
							replaceIn(rules, alert, rule.replace(duration.group(), line))));
				}
			}
		}
		Matcher limit = DEFAULT.matcher(rules);
		while (limit.find()) {
			String other = String.valueOf(Double.parseDouble(limit.group()) * 2);
			mutants.add(new Mutant(name, "default",
					rules.substring(limit.start(), rules.indexOf('\n', limit.start())) + " becomes " + other,
					rules.substring(0, limit.start()) + other + rules.substring(limit.end())));
		}
		return mutants;
	}

	private static Set<String> occurrences(Pattern pattern, String text) {
		Set<String> found = new LinkedHashSet<>();
		pattern.matcher(text).results().forEach((result) -> found.add(result.group()));
		return found;
	}

	private static String withoutSelectors(String rule) {
		return rule.replaceAll("\\{[^}]*}", "").replaceAll("(?m)#.*$", "");
	}

	private static String replaceIn(String rules, Matcher alert, String rule) {
		return rules.substring(0, alert.start()) + rule + rules.substring(alert.end());
	}

	private boolean isNoticed(Mutant mutant, Path folder) {
		try {
			Path copy = Files.createTempDirectory(folder, "rules");
			for (Path file : REPOSITORY.yamlFiles("prometheus-rules")) {
				Files.copy(file, copy.resolve(file.getFileName()));
			}
			Path tests = Files.createDirectory(copy.resolve("tests"));
			Files.copy(REPOSITORY.file("prometheus-rules/tests/" + mutant.file()), tests.resolve(mutant.file()));
			Files.writeString(copy.resolve(mutant.file()), mutant.rules());
			Programs.run(copy, this.promtool.toString(), "check", "rules", mutant.file()).orElseThrow();
			return Programs.run(tests, this.promtool.toString(), "test", "rules", mutant.file()).status() != 0;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Rules with one change.
	 *
	 * @param file the file that it is in
	 * @param rule the alert that is changed
	 * @param change what was changed
	 * @param rules the whole file afterwards
	 */
	private record Mutant(String file, String rule, String change, String rules) {

		@Override
		public String toString() {
			return "%s, %s: %s".formatted(this.file, this.rule, this.change);
		}

	}

}
