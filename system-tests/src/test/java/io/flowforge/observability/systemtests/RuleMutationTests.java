package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

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
 * The tests of the rules notice every {@linkplain RuleMutant change} that matters: they
 * are made one at a time, and some promtool test must fail.
 */
class RuleMutationTests {

	private static final Repository REPOSITORY = Repository.around(Path.of(""));

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
		List<RuleMutant> mutants = new ArrayList<>();
		Map<String, List<RuleTest>> tests = new TreeMap<>();
		for (Path file : REPOSITORY.yamlFiles("prometheus-rules")) {
			String name = file.getFileName().toString();
			mutants.addAll(RuleMutant.of(name, read(file)));
			tests.put(name, RuleTest.read(REPOSITORY.file("prometheus-rules/tests/" + name)));
		}
		assertThat(mutants).hasSizeGreaterThan(50);
		try (Reader reader = Files.newBufferedReader(NOTICED_BY)) {
			this.noticedBefore.load(reader);
		}
		List<String> unnoticed = mutants.parallelStream()
			.filter((mutant) -> !isNoticed(mutant, tests.get(mutant.file()), folder))
			.map(RuleMutant::toString)
			.toList();
		assertThat(unnoticed).as("changes that no promtool test notices").isEmpty();
		if (Boolean.getBoolean("flowforge.mutants.write")) {
			write();
		}
		System.out.printf("Each of %d changes of the rules is noticed by a promtool test%n", mutants.size());
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

	private boolean isNoticed(RuleMutant mutant, List<RuleTest> tests, Path folder) {
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

	private Path folderOfTests(Path folder, RuleMutant mutant) throws IOException {
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

}
