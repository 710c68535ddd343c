package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

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

	private Program.Result run(String... arguments) {
		List<String> command = new ArrayList<>(List.of(this.amtool.toString()));
		command.addAll(List.of(arguments));
		return Program.run(Repository.file("alertmanager"), Map.of(), "", command.toArray(String[]::new));
	}

}
