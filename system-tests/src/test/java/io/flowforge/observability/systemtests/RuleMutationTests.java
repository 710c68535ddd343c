package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.RequiredPrograms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tests of the rules notice every change that matters: each comparison, each number,
 * each {@code for} of each alert and each default limit is altered, and each metric of
 * requests and each of its matchers is left out, one at a time, and some promtool test
 * must fail.
 */
class RuleMutationTests {

	private static final Repository REPOSITORY = Repository.around(Path.of(""));

	// What is compared, outside of the braces of a selector.
	private static final Pattern COMPARISON = Pattern.compile("(?<= |^)(==|!=|>=|>|<)(?= )");

	private static final Pattern NUMBER = Pattern.compile("(?<=[=><] )[0-9.]*[1-9][0-9.]*(?:e[0-9]+)?");

	private static final Pattern DURATION = Pattern.compile("(?m)^ +(?:for|keep_firing_for): ((?:\\d+[hms])+)$");

	private static final Pattern DEFAULT = Pattern.compile("[0-9.]+(?= \\* flowforge:service,)");

	private static final Pattern ALERT = Pattern.compile("(?ms)^      - alert: (\\w+)$.*?(?=^        labels:$)");

	// A metric of requests with its matchers, or as one of several names.
	private static final Pattern REQUESTS = Pattern
		.compile("(?:http_server|flowforge_http)_request\\w+(?:\\{([^}]*)})?");

	private static final Pattern MATCHER = Pattern.compile("\\w+[=!~]+\"[^\"]*\"(?:, )?");

	private static final Map<String, String> OTHER = Map.of("==", "!=", "!=", "==", ">=", ">", ">", ">=", "<", "<=");

	// Which test has noticed a change before: it is asked first. A test that is not in
	// it,
	// or notices the change no more, costs time only.
	private static final Path NOTICED_BY = REPOSITORY
		.file("system-tests/src/test/resources/mutants/noticed-by.properties");

	private final Path promtool = RequiredPrograms.require("promtool");

	private final Properties noticedBefore = new Properties();

	private final Map<String, String> noticedNow = new ConcurrentSkipListMap<>();

	private final Map<RuleTest, Boolean> passing = new ConcurrentHashMap<>();

	@Test
	void eachChangeOfARuleIsNoticed(@TempDir Path folder) throws IOException {
		List<Mutant> mutants = new ArrayList<>();
		Map<String, List<RuleTest>> tests = new TreeMap<>();
		for (Path file : REPOSITORY.yamlFiles("prometheus-rules")) {
			mutants.addAll(mutantsOf(file));
			String name = file.getFileName().toString();
			tests.put(name, RuleTest.read(REPOSITORY.file("prometheus-rules/tests/" + name)));
		}
		assertThat(mutants).hasSizeGreaterThan(50);
		try (Reader reader = Files.newBufferedReader(NOTICED_BY)) {
			this.noticedBefore.load(reader);
		}
		List<String> unnoticed = mutants.parallelStream()
			.filter((mutant) -> !isNoticed(mutant, tests.get(mutant.file()), folder))
			.map(Mutant::toString)
			.toList();
		assertThat(unnoticed).as("changes that no promtool test notices").isEmpty();
		if (Boolean.getBoolean("flowforge.mutants.write")) {
			write();
		}
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
				mutants.add(new Mutant(name, alert.group(1), text + " becomes " + OTHER.get(text), alert.group(1),
						replaceIn(rules, alert, rule.replaceAll("(?<= |^)" + text + "(?= )",
								Matcher.quoteReplacement(OTHER.get(text))))));
			}
			for (String text : occurrences(NUMBER, withoutSelectors(rule))) {
				for (double factor : new double[] { 0.5, 1.5 }) {
					String other = String.valueOf(Double.parseDouble(text) * factor);
					mutants.add(new Mutant(name, alert.group(1), text + " becomes " + other, alert.group(1), replaceIn(
							rules, alert, rule.replaceAll("(?<=[=><] )" + Pattern.quote(text) + "(?=\\s)", other))));
				}
			}
			Matcher duration = DURATION.matcher(rule);
			while (duration.find()) {
				long seconds = Duration.parse("PT" + duration.group(1)).toSeconds();
				for (long other : new long[] { seconds / 2, seconds * 3 / 2 }) {
					String line = duration.group().replace(duration.group(1), other + "s");
					mutants.add(new Mutant(name, alert.group(1), duration.group().strip() + " becomes " + other + "s",
							alert.group(1), replaceIn(rules, alert, rule.replace(duration.group(), line))));
				}
			}
		}
		Matcher requests = REQUESTS.matcher(rules);
		while (requests.find()) {
			// What an annotation asks for decides about no alert.
			if (isInAnnotation(rules, requests.start())) {
				continue;
			}
			String metric = requests.group().replaceFirst("\\{.*", "");
			String where = "line %d".formatted(rules.substring(0, requests.start()).lines().count());
			mutants.add(new Mutant(name, where, requests.group() + " is left out", metric,
					new StringBuilder(rules).insert(requests.start(), "no_").toString()));
			Matcher matcher = MATCHER.matcher(rules)
				.region(Math.max(requests.start(1), 0), Math.max(requests.end(1), 0));
			while (matcher.find()) {
				mutants.add(new Mutant(name, where, requests.group() + " loses " + matcher.group(), metric,
						new StringBuilder(rules).delete(matcher.start(), matcher.end()).toString()));
			}
		}
		Matcher limit = DEFAULT.matcher(rules);
		while (limit.find()) {
			String other = String.valueOf(Double.parseDouble(limit.group()) * 2);
			mutants.add(new Mutant(name, "default",
					rules.substring(limit.start(), rules.indexOf('\n', limit.start())) + " becomes " + other, "",
					rules.substring(0, limit.start()) + other + rules.substring(limit.end())));
		}
		return mutants;
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

	private static String replaceIn(String rules, Matcher alert, String rule) {
		return rules.substring(0, alert.start()) + rule + rules.substring(alert.end());
	}

	private void write() throws IOException {
		StringBuilder text = new StringBuilder("# Written by RuleMutationTests with -Dflowforge.mutants.write=true.\n");
		this.noticedNow
			.forEach((mutant, test) -> text.append(mutant.replace("\\", "\\\\").replaceAll("([ :=])", "\\\\$1"))
				.append(" = ")
				.append(test.replace("\\", "\\\\"))
				.append('\n'));
		Files.writeString(NOTICED_BY, text.toString());
	}

	private boolean isNoticed(Mutant mutant, List<RuleTest> tests, Path folder) {
		try {
			Path changed = folderOfTests(folder, mutant);
			String before = this.noticedBefore.getProperty(mutant.toString(), "");
			Optional<RuleTest> noticing = tests.stream()
				.filter((test) -> test.yaml().contains(mutant.subject()))
				.sorted(Comparator.comparing((RuleTest test) -> !test.name().equals(before))
					.thenComparing(Comparator.comparing(RuleTest::noticed).reversed()))
				.filter((test) -> test.notices(this.promtool, changed) && passesAsTheRulesAre(test, folder))
				.findFirst();
			noticing.ifPresent((test) -> this.noticedNow.put(mutant.toString(), test.name()));
			return noticing.isPresent();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// A test that always fails notices nothing.
	private boolean passesAsTheRulesAre(RuleTest test, Path folder) {
		return this.passing.computeIfAbsent(test, (asked) -> {
			try {
				return asked.passes(this.promtool, folderOfTests(folder));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	private Path folderOfTests(Path folder, Mutant mutant) throws IOException {
		Path tests = folderOfTests(folder);
		Path copy = tests.getParent();
		Files.writeString(copy.resolve(mutant.file()), mutant.rules());
		Programs.run(copy, this.promtool.toString(), "check", "rules", mutant.file()).orElseThrow();
		return tests;
	}

	private static Path folderOfTests(Path folder) throws IOException {
		Path copy = Files.createTempDirectory(folder, "rules");
		for (Path file : REPOSITORY.yamlFiles("prometheus-rules")) {
			Files.copy(file, copy.resolve(file.getFileName()));
		}
		return Files.createDirectory(copy.resolve("tests"));
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
	 * One test of a file of tests, in a file of its own. Nearly every change is noticed
	 * by one of the first tests of its file, and those that have noticed others are asked
	 * first: few changes wait for a whole file.
	 *
	 * @param name what it says of itself
	 * @param yaml a file with this test alone
	 * @param noticedBefore how many changes it has noticed
	 */
	private record RuleTest(String name, String yaml, AtomicInteger noticedBefore) {

		static List<RuleTest> read(Path file) {
			Map<String, Object> all = textOnly().load(RuleMutationTests.read(file));
			List<RuleTest> tests = new ArrayList<>();
			for (Object test : (List<?>) all.get("tests")) {
				Map<String, Object> one = new LinkedHashMap<>(all);
				one.put("tests", List.of(test));
				tests.add(new RuleTest(String.valueOf(((Map<?, ?>) test).get("name")), textOnly().dump(one),
						new AtomicInteger()));
			}
			return tests;
		}

		// Every scalar is text here: {@code 0x200} is 200 times a zero, and no number.
		private static Yaml textOnly() {
			LoaderOptions loaderOptions = new LoaderOptions();
			DumperOptions dumperOptions = new DumperOptions();
			return new Yaml(new SafeConstructor(loaderOptions), new Representer(dumperOptions), dumperOptions,
					loaderOptions, new Resolver() {
						@Override
						protected void addImplicitResolvers() {
							addImplicitResolver(Tag.MERGE, MERGE, "<");
						}
					});
		}

		int noticed() {
			return this.noticedBefore.get();
		}

		boolean notices(Path promtool, Path folder) {
			boolean noticed = !passes(promtool, folder);
			if (noticed) {
				this.noticedBefore.incrementAndGet();
			}
			return noticed;
		}

		boolean passes(Path promtool, Path folder) {
			try {
				Files.writeString(folder.resolve("test.yml"), this.yaml);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			return Programs.run(folder, promtool.toString(), "test", "rules", "test.yml").isSuccess();
		}

	}

	/**
	 * Rules with one change.
	 *
	 * @param file the file that it is in
	 * @param rule the alert that is changed
	 * @param change what was changed
	 * @param subject the alert or metric that a test must mention to notice it
	 * @param rules the whole file afterwards
	 */
	private record Mutant(String file, String rule, String change, String subject, String rules) {

		@Override
		public String toString() {
			return "%s, %s: %s".formatted(this.file, this.rule, this.change);
		}

	}

}
