package io.flowforge.observability.systemtests;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What promtool says of the rules and of their own tests.
 */
class RulesTests {

	private final Path promtool = Program.require("promtool");

	@Test
	void areValidAndWithoutLint() {
		List<String> command = new ArrayList<>(
				List.of(this.promtool.toString(), "check", "rules", "--lint=all", "--lint-fatal"));
		Repository.yamlFiles("prometheus-rules").forEach((file) -> command.add(file.toString()));
		run(command).orElseThrow();
	}

	@Test
	void doWhatTheirTestsSay() {
		List<Path> tests = Repository.yamlFiles("prometheus-rules/tests");
		assertThat(tests).isNotEmpty();
		List<String> command = new ArrayList<>(List.of(this.promtool.toString(), "test", "rules"));
		tests.forEach((file) -> command.add(file.toString()));
		run(command).orElseThrow();
	}

	private static Program.Result run(List<String> command) {
		return Program.run(Repository.file("prometheus-rules"), Map.of(), "", command.toArray(String[]::new));
	}

}
