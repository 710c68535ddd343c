package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What amtool says of the four configurations of Alertmanager: each is valid, and sends
 * every alert of {@code alertmanager/tests/routes.txt} where it belongs.
 */
class RoutingTests {

	private final Path amtool = Program.require("amtool");

	@ParameterizedTest
	@ValueSource(strings = { "none", "slack", "email", "slack-email" })
	void configurationIsValid(String choice) {
		run("check-config", choice + ".yml").orElseThrow();
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "slack", "email", "slack-email" })
	void alertsReachTheirReceivers(String choice) throws IOException {
		List<String> routes = Files.readAllLines(Repository.file("alertmanager/tests/routes.txt"))
			.stream()
			.filter((line) -> line.contains("|") && !line.startsWith("#"))
			.toList();
		assertThat(routes).isNotEmpty();
		for (String route : routes) {
			String[] parts = route.split("\\|", 2);
			List<String> arguments = new ArrayList<>(List.of("config", "routes", "test",
					"--config.file=" + choice + ".yml", "--verify.receivers=" + parts[0].strip()));
			arguments.addAll(List.of(parts[1].strip().split("\\s+")));
			assertThat(run(arguments.toArray(String[]::new)).status()).as(route).isZero();
		}
	}

	/**
	 * Whatever the severity, the environment and the team: owners are told, by the one
	 * receiver that there is for them. What differs is when: by day only, where nobody
	 * needs to be woken.
	 * @param choice the configuration
	 */
	@ParameterizedTest
	@ValueSource(strings = { "none", "slack", "email", "slack-email" })
	void eachSeverityEnvironmentAndTeamHasItsRoute(String choice) {
		int combinations = 0;
		for (String severity : List.of("critical", "warning", "info", "none", "")) {
			for (String environment : List.of("production", "demo", "default", "staging", "DEV", "")) {
				for (String team : List.of("checkout", "unowned", "")) {
					assertRoute(choice, severity, environment, team);
					combinations++;
				}
			}
		}
		assertThat(combinations).isEqualTo(90);
	}

	private void assertRoute(String choice, String severity, String environment, String team) {
		List<String> arguments = new ArrayList<>(List.of("config", "routes", "test", "--tree",
				"--config.file=" + choice + ".yml", "--verify.receivers=owners", "alertname=FlowForgeHighErrorRatio"));
		Map.of("severity", severity, "environment", environment, "team", team).forEach((label, value) -> {
			if (!value.isEmpty()) {
				arguments.add(label + "=" + value);
			}
		});
		Program.Result result = run(arguments.toArray(String[]::new));
		assertThat(result.status()).as("%s", arguments).isZero();
		String route = "default-route";
		if (severity.equals("info")) {
			route = "{severity=\"info\"}";
		}
		else if (environment.equals("staging") || environment.equals("DEV")) {
			route = "{environment=~";
		}
		assertThat(result.output()).as("%s", arguments).contains(route);
		if (route.equals("default-route")) {
			assertThat(result.output()).as("%s", arguments).doesNotContain("environment=~", "severity=\"info\"");
		}
	}

	@Test
	void theFourConfigurationsAreOneTree() throws IOException {
		List<String> trees = new ArrayList<>();
		for (String choice : List.of("none", "slack", "email", "slack-email")) {
			String text = Files.readString(Repository.file("alertmanager/%s.yml".formatted(choice)));
			assertThat(text).containsOnlyOnce("\ntemplates: [templates/*.tmpl]\n")
				.containsPattern("(?s)receivers:\n  - name: dead-mans-switch\n.*\n  - name: owners\n");
			trees.add(text.substring(text.indexOf("\nroute:"), text.indexOf("\n  - name: owners")));
		}
		assertThat(trees).allMatch(trees.get(0)::equals);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			slack.yml            | receiver: owners      | receiver: pigeons     | undefined receiver "pigeons"
			slack.yml            | group_wait: 10s       | group_wait: soon      | not a valid duration string: "soon"
			templates/slack.tmpl | {{ define "flowforge. | {{ defin "flowforge.  | function "defin" not defined
			templates/email.tmpl | {{ end }}             | {{ ende }}            | function "ende" not defined
			""")
	void aBadRouteOrTemplateIsRefusedInAmtoolsWords(String file, String good, String bad, String words,
			@TempDir Path folder) throws IOException {
		Path templates = Files.createDirectory(folder.resolve("templates"));
		Files.copy(Repository.file("alertmanager/slack.yml"), folder.resolve("slack.yml"));
		for (String template : List.of("common.tmpl", "slack.tmpl", "email.tmpl")) {
			Files.copy(Repository.file("alertmanager/templates/" + template), templates.resolve(template));
		}
		Path broken = folder.resolve(file);
		Files.writeString(broken, Files.readString(broken).replace(good, bad));
		assertThatThrownBy(() -> Program.run(folder, Map.of(), "", this.amtool.toString(), "check-config", "slack.yml")
			.orElseThrow()).hasMessageContaining(words);
	}

	private Program.Result run(String... arguments) {
		List<String> command = new ArrayList<>(List.of(this.amtool.toString()));
		command.addAll(List.of(arguments));
		return Program.run(Repository.file("alertmanager"), Map.of(), "", command.toArray(String[]::new));
	}

}
