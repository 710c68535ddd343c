package io.flowforge.launcher.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.RequiredPrograms;
import io.flowforge.launcher.settings.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The documentation: links lead somewhere, the index leads to every page, pages are
 * short, what a page names exists, and its code can be read by what it is for.
 */
class DocsTests {

	private static final Path ROOT = Repository.around(Path.of("")).root();

	private static final int MAX_WORDS = 1500;

	private static final int MAX_LINE = 150;

	/**
	 * A table to search in, not a page to read.
	 */
	private static final String LIST = "docs/reference/properties.md";

	/**
	 * Name what there was in earlier versions, too.
	 */
	private static final List<String> HISTORY = List.of("CHANGELOG.md", "docs/decisions/");

	/**
	 * A variant of the comparison.
	 */
	private static final String NO_VARIABLE = "FLOWFORGE_SAMPLED";

	private static final Pattern ELSEWHERE = Pattern.compile("[a-z][a-z0-9+.-]*:.*");

	private static final Pattern PROPERTY = Pattern.compile("(?<![\\w.])flowforge\\.observability\\.[a-z0-9.-]+");

	private static final Pattern VARIABLE = Pattern.compile("(?<![\\w$])FLOWFORGE_[A-Z0-9_]+");

	private static final Pattern METRIC = Pattern.compile("(?<![\\w./:-])flowforge_[a-z0-9_]+");

	private static final Pattern RULE = Pattern.compile("(?<![\\w./:-])flowforge:[a-z0-9_:]+");

	private static final Pattern ALERT = Pattern.compile("(?<!\\w)FlowForge[A-Z][A-Za-z0-9]+");

	private static final Pattern TARGET = Pattern.compile("(?m)(?:^|[\\s;'])make ([a-z][a-z-]*)");

	private static final Pattern COMMAND = Pattern.compile("stack/launch ([a-z][a-z-]*)");

	private static final Pattern TEST = Pattern.compile("(?<![\\w-])([A-Z]\\w*Tests)(?:#(\\w+))?(?!\\w)");

	private static final String PROPERTY_PREFIX = "flowforge.observability.";

	private static final String VARIABLE_PREFIX = "FLOWFORGE_OBSERVABILITY_";

	private static final List<Path> FILES = files();

	private static final Set<String> PROPERTIES = properties();

	private static final String LIBRARY = contents("flowforge-observability-autoconfigure/src/main/java", ".java");

	private static final String LAUNCHER = contents("stack/launcher/src/main/java", ".java");

	private static final String MAKEFILE = read(ROOT.resolve("Makefile"));

	private static final String RULES = contents("prometheus-rules", ".yml") + contents("stack/loki/rules", ".yml");

	static List<String> pages() {
		return files(".md").map((file) -> ROOT.relativize(file).toString()).toList();
	}

	static List<String> pagesToRead() {
		return pages().stream()
			.filter((page) -> page.startsWith("docs/"))
			.filter((page) -> !page.equals(LIST))
			.toList();
	}

	static List<String> pagesOfThisVersion() {
		return pages().stream().filter((page) -> HISTORY.stream().noneMatch(page::startsWith)).toList();
	}

	@ParameterizedTest
	@MethodSource("pages")
	void linksLeadSomewhere(String page) {
		MarkdownPage source = page(page);
		assertThat(source.links()).filteredOn((link) -> !ELSEWHERE.matcher(link).matches())
			.filteredOn((link) -> !exists(source, link))
			.as("links of %s to nothing", page)
			.isEmpty();
	}

	@Test
	void indexLeadsToEachPage() {
		Set<Path> listed = Stream
			.of("docs/README.md", "docs/decisions/README.md", "docs/reference/README.md", "docs/runbooks/README.md")
			.map(DocsTests::page)
			.flatMap((index) -> index.links()
				.stream()
				.filter((link) -> !ELSEWHERE.matcher(link).matches())
				.map((link) -> target(index, link)))
			.collect(Collectors.toSet());
		assertThat(pages()).filteredOn((page) -> page.startsWith("docs/") && !page.equals("docs/README.md"))
			.filteredOn((page) -> !listed.contains(ROOT.resolve(page)))
			.as("pages that neither docs/README.md nor the README of their folder leads to")
			.isEmpty();
	}

	@ParameterizedTest
	@MethodSource("pagesToRead")
	void pageIsShort(String page) {
		assertThat(page(page).words()).as("words of %s", page).isLessThanOrEqualTo(MAX_WORDS);
	}

	@ParameterizedTest
	@MethodSource("pagesToRead")
	void linesWrap(String page) {
		assertThat(page(page).prose()).allSatisfy((line) -> assertThat(line).hasSizeLessThanOrEqualTo(MAX_LINE));
	}

	@ParameterizedTest
	@MethodSource("pagesOfThisVersion")
	void propertiesExist(String page) {
		MarkdownPage source = page(page);
		Stream<String> inText = found(PROPERTY, source.text()).map(MatchResult::group);
		Stream<String> inYaml = source.blocks("yaml").stream().flatMap(DocsTests::keys);
		assertThat(Stream.concat(inText, inYaml)
			.filter((name) -> name.startsWith(PROPERTY_PREFIX))
			.filter(Predicate.not(DocsTests::isProperty))).as("properties that do not exist, in %s", page).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("pagesOfThisVersion")
	void variablesExist(String page) {
		Set<String> known = Arrays.stream(Setting.values()).map(Setting::variable).collect(Collectors.toSet());
		assertThat(found(VARIABLE, page(page).text()).map(MatchResult::group)
			.filter((name) -> known.stream().noneMatch((variable) -> isNamed(variable, name)))
			.filter((name) -> !name.equals(NO_VARIABLE) && !isVariableOfAProperty(name)))
			.as("variables that do not exist, in %s", page)
			.isEmpty();
	}

	@ParameterizedTest
	@MethodSource("pagesOfThisVersion")
	void metricsRulesAndAlertsExist(String page) {
		String text = page(page).text();
		assertThat(Stream.of(found(METRIC, text).map(MatchResult::group).filter(Predicate.not(DocsTests::isMetric)),
				found(RULE, text).map(MatchResult::group).filter((rule) -> !RULES.contains("record: " + rule + "\n")),
				found(ALERT, text).map(MatchResult::group).filter((alert) -> !RULES.contains("alert: " + alert + "\n")))
			.flatMap((names) -> names)).as("metrics, rules and alerts that do not exist, in %s", page).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("pagesOfThisVersion")
	void commandsExist(String page) {
		String code = String.join("\n", page(page).code());
		assertThat(Stream
			.concat(found(TARGET, code).filter((make) -> !MAKEFILE.contains("\n" + make.group(1) + ": ")),
					found(COMMAND, code)
						.filter((launch) -> !LAUNCHER.contains("@Command(name = \"" + launch.group(1) + "\"")))
			.map(MatchResult::group)).as("commands that do not exist, in %s", page).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("pagesOfThisVersion")
	void testsExist(String page) {
		assertThat(found(TEST, page(page).text())
			.filter((test) -> test(test.group(1)).stream()
				.noneMatch((source) -> test.group(2) == null || source.contains("void " + test.group(2) + "(")))
			.map(MatchResult::group)).as("tests that do not exist, in %s", page).isEmpty();
	}

	@Test
	void queriesAreValid(@TempDir Path folder) throws IOException {
		List<String> queries = pages().stream().flatMap((page) -> page(page).blocks("promql").stream()).toList();
		StringBuilder rules = new StringBuilder("groups:\n  - name: queries\n    rules:\n");
		for (String query : queries) {
			String filled = query.replace("$environment", "demo").replace("$application", "orders-service");
			rules.append("      - record: query\n        expr: |\n").append(filled.strip().indent(10));
		}
		Files.writeString(folder.resolve("queries.yml"), rules);
		Programs.run(folder, promtool(), "check", "rules", "--lint=none", "queries.yml").orElseThrow();
	}

	@Test
	void scriptsAreValid() {
		assertThat(pages()).allSatisfy((page) -> {
			String script = String.join("\n", page(page).blocks("sh"));
			Programs.run(ROOT, Map.of(), script, Duration.ofSeconds(20), List.of("bash", "-n")).orElseThrow();
		});
	}

	@Test
	void ruleOfTheExampleDoesWhatItsTestSays(@TempDir Path folder) throws IOException {
		List<String> yaml = page("docs/how-to/own-alerts-and-dashboards.md").blocks("yaml");
		Files.writeString(folder.resolve("refunds.yml"), yaml.get(0));
		Files.writeString(folder.resolve("refunds-test.yml"), yaml.get(1));
		Programs.run(folder, promtool(), "check", "rules", "refunds.yml").orElseThrow();
		Programs.run(folder, promtool(), "test", "rules", "refunds-test.yml").orElseThrow();
	}

	private static String promtool() {
		return RequiredPrograms.require("promtool").toString();
	}

	private static MarkdownPage page(String path) {
		return MarkdownPage.read(ROOT.resolve(path));
	}

	private static boolean exists(MarkdownPage source, String link) {
		Path target = target(source, link);
		String anchor = URI.create(link).getFragment();
		return Files.exists(target)
				&& (anchor == null || MarkdownPage.read(target).anchors().contains(anchor.toLowerCase(Locale.ROOT)));
	}

	private static Path target(MarkdownPage source, String link) {
		String path = URI.create(link).getPath();
		Path file = path.isEmpty() ? source.file() : source.file().resolveSibling(path).normalize();
		Path index = file.resolve("README.md");
		return Files.exists(index) ? index : file;
	}

	private static Stream<String> keys(String yaml) {
		List<String> keys = new ArrayList<>();
		for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(yaml)) {
			addKeys("", document, keys);
		}
		return keys.stream();
	}

	private static void addKeys(String prefix, Object value, List<String> keys) {
		if (value instanceof Map<?, ?> map && !map.isEmpty()) {
			map.forEach(
					(key, child) -> addKeys(prefix.isEmpty() ? String.valueOf(key) : prefix + "." + key, child, keys));
		}
		else {
			keys.add(prefix);
		}
	}

	// The property itself, an entry of one that is a map, or what several have in common.
	private static boolean isProperty(String name) {
		String trimmed = name.replaceFirst("[.-]+$", "");
		return PROPERTIES.stream()
			.anyMatch((property) -> property.equals(trimmed) || property.startsWith(trimmed + ".")
					|| name.startsWith(property + ".[") || trimmed.equals(PROPERTY_PREFIX + "alerts.exclude-routes"));
	}

	// By its name, or with others by what they have in common.
	private static boolean isNamed(String variable, String name) {
		return name.endsWith("_") ? variable.startsWith(name) : variable.equals(name);
	}

	private static boolean isVariableOfAProperty(String name) {
		return name.startsWith(VARIABLE_PREFIX) && PROPERTIES.stream()
			.map((property) -> property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT))
			.anyMatch((variable) -> variable.startsWith(name));
	}

	// The library writes names with dots; what follows them is Micrometer's.
	private static boolean isMetric(String name) {
		String stem = name.replaceFirst("_$", "")
			.replaceFirst("_(count|sum|bucket|max|total)$", "")
			.replaceFirst("_seconds$", "");
		return Pattern.compile("\"" + stem.replace("_", "[._]") + "\"").matcher(LIBRARY).find();
	}

	private static List<String> test(String name) {
		return files("/" + name + ".java").map(DocsTests::read).toList();
	}

	private static Stream<MatchResult> found(Pattern pattern, String text) {
		return pattern.matcher(text).results();
	}

	private static Set<String> properties() {
		Properties properties = new Properties();
		try (var reader = Files.newBufferedReader(ROOT.resolve(
				"flowforge-observability-autoconfigure/src/main/resources/flowforge-observability-known.properties"))) {
			properties.load(reader);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new TreeSet<>(properties.stringPropertyNames());
	}

	private static String contents(String folder, String ending) {
		return files(ending).filter((file) -> file.startsWith(ROOT.resolve(folder)))
			.map(DocsTests::read)
			.collect(Collectors.joining("\n"));
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<Path> files(String ending) {
		return FILES.stream().filter((file) -> file.toString().endsWith(ending));
	}

	// Of this repository, without what a build or a run has left in it.
	private static List<Path> files() {
		List<Path> files = new ArrayList<>();
		try {
			Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {

				@Override
				public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
					String name = folder.getFileName().toString();
					boolean left = name.equals("target") || name.equals("node_modules") || name.startsWith(".");
					return (left && !folder.equals(ROOT)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
					files.add(file);
					return FileVisitResult.CONTINUE;
				}

			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		files.sort(null);
		return files;
	}

}
