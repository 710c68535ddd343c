package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.RequiredPrograms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What promtool says of the rules and of their own tests.
 */
class RulesTests {

	private static final Repository REPOSITORY = Repository.around(Path.of(""));

	private final Path promtool = RequiredPrograms.require("promtool");

	@Test
	void areValidAndWithoutLint() {
		check(REPOSITORY.yamlFiles("prometheus-rules"));
	}

	@Test
	void aBadRuleIsRefusedInPromtoolsWords(@TempDir Path folder) throws IOException {
		String rules = Files.readString(REPOSITORY.file("prometheus-rules/errors.yml"));
		Path bad = Files.writeString(folder.resolve("errors.yml"), rules.replace("for: 5m", "for: five minutes"));
		assertThatThrownBy(() -> check(List.of(bad)))
			.hasMessageContaining("not a valid duration string: \"five minutes\"");
		Files.writeString(bad, rules.replace("[2m30s]", "[2m30s"));
		assertThatThrownBy(() -> check(List.of(bad))).hasMessageContaining("could not parse expression");
	}

	@Test
	void aTestThatFailsIsToldInPromtoolsWords(@TempDir Path folder) throws IOException {
		Files.createDirectory(folder.resolve("tests"));
		String rules = Files.readString(REPOSITORY.file("prometheus-rules/meta.yml"));
		Files.writeString(folder.resolve("meta.yml"), rules.replace("severity: none", "severity: critical"));
		Path test = Files.copy(REPOSITORY.file("prometheus-rules/tests/meta.yml"), folder.resolve("tests/meta.yml"));
		assertThatThrownBy(() -> test(List.of(test))).hasMessageContaining("alertname: Watchdog, time: 0s");
	}

	@Test
	void doWhatTheirTestsSay() {
		List<Path> tests = REPOSITORY.yamlFiles("prometheus-rules/tests");
		assertThat(tests.stream().map(Path::getFileName)).containsExactlyElementsOf(
				REPOSITORY.yamlFiles("prometheus-rules").stream().map(Path::getFileName).toList());
		test(tests);
	}

	private void check(List<Path> files) {
		run("check rules --lint=all --lint-fatal", files);
	}

	private void test(List<Path> files) {
		run("test rules", files);
	}

	private void run(String verb, List<Path> files) {
		List<String> command = new ArrayList<>(List.of(this.promtool.toString()));
		command.addAll(List.of(verb.split(" ")));
		files.forEach((file) -> command.add(file.toString()));
		// Its tests simulate hours: seconds on an idle machine, minutes on a busy one.
		Programs.run(REPOSITORY.file("prometheus-rules"), Map.of(), "", Duration.ofMinutes(10), command).orElseThrow();
	}

}
