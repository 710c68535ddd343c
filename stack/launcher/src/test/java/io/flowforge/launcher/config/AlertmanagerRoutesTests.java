package io.flowforge.launcher.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.RequiredPrograms;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What amtool says of each configuration of Alertmanager: it sends every alert of
 * {@code alertmanager/tests/routes.txt} where it belongs.
 */
class AlertmanagerRoutesTests {

	private final Path amtool = RequiredPrograms.require("amtool");

	@TempDir
	private Path folder;

	static Stream<Arguments> configurations() {
		return Stream.of(NotificationChannels.values())
			.flatMap((choice) -> Stream.of(Arguments.of(choice, true), Arguments.of(choice, false)));
	}

	@ParameterizedTest
	@MethodSource("configurations")
	void alertsReachTheirReceivers(NotificationChannels choice, boolean muted) throws IOException {
		assemble(choice, muted);
		List<String> routes = TestRepository.read("alertmanager/tests/routes.txt")
			.lines()
			.filter((line) -> line.contains("|") && !line.startsWith("#"))
			.toList();
		assertThat(routes).isNotEmpty();
		for (String route : routes) {
			String[] parts = route.split("\\|", 2);
			Programs.Result result = routesTest("--verify.receivers=" + parts[0].strip(),
					List.of(parts[1].strip().split("\\s+")));
			assertThat(result.status()).as(route).isZero();
		}
	}

	/**
	 * Whatever the severity, the environment and the team: owners are told, by the one
	 * receiver that there is for them. What differs is when: by day only, where nobody
	 * needs to be woken. (All choices have the same routes;
	 * {@link AlertmanagerConfigurationTests} says so.)
	 * @param muted whether the configuration has mute times
	 * @throws IOException if it cannot be written
	 */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void eachSeverityEnvironmentAndTeamHasItsRoute(boolean muted) throws IOException {
		assemble(NotificationChannels.SLACK_EMAIL, muted);
		int combinations = 0;
		for (String severity : List.of("critical", "warning", "info", "none", "")) {
			for (String environment : List.of("production", "demo", "default", "staging", "DEV", "")) {
				for (String team : List.of("checkout", "unowned", "")) {
					assertRoute(severity, environment, team);
					combinations++;
				}
			}
		}
		assertThat(combinations).isEqualTo(90);
	}

	private void assertRoute(String severity, String environment, String team) {
		Map<String, String> labels = new LinkedHashMap<>(Map.of("alertname", "FlowForgeHighErrorRatio"));
		Map.of("severity", severity, "environment", environment, "team", team).forEach((label, value) -> {
			if (!value.isEmpty()) {
				labels.put(label, value);
			}
		});
		List<String> arguments = labels.entrySet().stream().map(Object::toString).toList();
		Programs.Result result = routesTest("--verify.receivers=owners", arguments);
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

	private void assemble(NotificationChannels choice, boolean muted) throws IOException {
		Files.writeString(this.folder.resolve("alertmanager.yml"),
				AlertmanagerConfiguration.assemble(TestRepository.REPOSITORY, Notifications.of(choice), muted));
	}

	private Programs.Result routesTest(String verify, List<String> labels) {
		List<String> command = new ArrayList<>(List.of(this.amtool.toString(), "config", "routes", "test", "--tree",
				"--config.file=alertmanager.yml", verify));
		command.addAll(labels);
		return Programs.run(this.folder, command.toArray(String[]::new));
	}

}
