package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.flowforge.drill.server.AlertInbox;
import io.flowforge.drill.server.Workspace;
import io.flowforge.launcher.Http;
import io.flowforge.launcher.Repository;
import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.RequiredPrograms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Each alert has a runbook that says what there is to say, in queries that work, and the
 * link in its message opens it.
 */
class RunbookTests {

	private static final Repository REPOSITORY = Repository.around(Path.of(""));

	private static final Pattern ALERT = Pattern.compile("(?m)^      - alert: (\\w+)$");

	private static final Pattern URL = Pattern
		.compile("(?m)^          runbook_url: http://localhost:8090/runbooks/(\\w+)\\.md$");

	private static final Pattern RECORD = Pattern.compile("(?m)^      - record: (\\S+)$");

	private static final Pattern QUERY = Pattern.compile("(?ms)^ *```promql\\n(.*?)^ *```$");

	private static final Pattern RULE = Pattern.compile("flowforge:[a-z0-9_:]+");

	private static final Pattern METRIC = Pattern.compile("(?<![a-z:])flowforge_[a-z_]+");

	static Stream<String> alerts() {
		return found(ALERT, rules()).stream();
	}

	@Test
	void eachAlertHasOneAndLeadsThere() throws IOException {
		Set<String> alerts = found(ALERT, rules());
		assertThat(alerts).hasSize(42);
		try (Stream<Path> files = Files.list(REPOSITORY.file("docs/runbooks"))) {
			assertThat(files.map((file) -> file.getFileName().toString()).filter((name) -> !name.equals("README.md")))
				.containsExactlyInAnyOrderElementsOf(alerts.stream().map((alert) -> alert + ".md").toList());
		}
		assertThat(found(URL, rules())).isEqualTo(alerts);
		String index = read(REPOSITORY.file("docs/runbooks/README.md"));
		assertThat(alerts).allSatisfy((alert) -> assertThat(index).contains("[%1$s](%1$s.md)".formatted(alert)));
	}

	@ParameterizedTest
	@MethodSource("alerts")
	void saysWhatThereIsToSay(String alert) {
		List<String> headings = runbook(alert).lines().filter((line) -> line.startsWith("#")).toList();
		assertThat(headings).containsExactly("# " + alert, "## First step", "## Meaning", "## Impact", "## Diagnosis",
				"## Mitigation");
	}

	/**
	 * The message has the same step as the page that it links to.
	 * @param alert the alert
	 */
	@ParameterizedTest
	@MethodSource("alerts")
	void beginsWithTheFirstStepOfTheMessage(String alert) {
		Matcher rule = Pattern.compile("(?s)- alert: %s\\n.*?\\n          first_step: '?(.*?)'?\\n".formatted(alert))
			.matcher(rules());
		assertThat(rule.find()).isTrue();
		assertThat(runbook(alert)).contains("\n## First step\n\n%s\n".formatted(rule.group(1)));
	}

	@ParameterizedTest
	@MethodSource("alerts")
	void queriesAreValidAndNamesExist(String alert, @TempDir Path folder) throws IOException {
		String runbook = runbook(alert);
		Set<String> queries = found(QUERY, runbook);
		assertThat(queries).isNotEmpty();
		Files.writeString(folder.resolve("queries.yml"),
				"groups:\n  - name: queries\n    rules:\n" + queries.stream()
					.map((query) -> "      - record: a%d%n        expr: |%n%s".formatted(Math.abs(query.hashCode()),
							query.strip().indent(10)))
					.collect(Collectors.joining()));
		Programs.run(folder, RequiredPrograms.require("promtool").toString(), "check", "rules", "queries.yml")
			.orElseThrow();
		assertThat(found(RECORD, rules())).containsAll(found(RULE, String.join("\n", queries)));
		String reference = reference();
		assertThat(found(METRIC, runbook))
			.allSatisfy((metric) -> assertThat(reference).contains(metric.replaceFirst("_bucket$", "")));
	}

	@Test
	void linkInTheMessageOpensIt(@TempDir Path folder) {
		try (AlertInbox inbox = AlertInbox.start(Workspace.ofBuild(folder))) {
			URI runbooks = inbox.address().resolve("/runbooks/");
			assertThat(alerts()).allSatisfy(
					(alert) -> assertThat(Http.get(runbooks.resolve(alert + ".md"))).contains("<h1>" + alert + "</h1>")
						.contains("<h2>Mitigation</h2>"));
			assertThat(Http.get(runbooks)).contains("href=\"FlowForgeHighErrorRatio.md\"");
			for (String other : List.of("Other.md", "..%2Finbox.html", "%2e%2e/application.yml")) {
				assertThatThrownBy(() -> Http.get(runbooks.resolve(other))).isInstanceOf(UncheckedIOException.class)
					.hasMessageContaining("answers 4");
			}
		}
	}

	private static Set<String> found(Pattern pattern, String text) {
		return pattern.matcher(text)
			.results()
			.map((result) -> result.group(result.groupCount()))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static String rules() {
		return Stream.of("prometheus-rules", "stack/loki/rules/fake")
			.flatMap((folder) -> REPOSITORY.yamlFiles(folder).stream())
			.map(RunbookTests::read)
			.collect(Collectors.joining());
	}

	private static String reference() throws IOException {
		try (Stream<Path> pages = Files.list(REPOSITORY.file("docs/reference"))) {
			return pages.map(RunbookTests::read).collect(Collectors.joining());
		}
	}

	private static String runbook(String alert) {
		return read(REPOSITORY.file("docs/runbooks/%s.md".formatted(alert)));
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
