package io.flowforge.dashboards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.flowforge.launcher.process.Programs;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Grafana's dashboard-linter finds nothing except what {@code grafana/dashboards/.lint}
 * allows. The linter is only in the releases of its project, so these tests run where
 * somebody has installed it.
 */
class DashboardLinterTests {

	private static final Path EXCEPTIONS = DashboardFiles.FOLDER.resolve(".lint");

	@BeforeAll
	static void requireLinter() {
		Assumptions.assumeTrue(Programs.find("dashboard-linter").isPresent(),
				"dashboard-linter is not on the PATH; download it from the releases of its project to run this test");
	}

	static List<Path> dashboards() {
		return DashboardFiles.all();
	}

	@ParameterizedTest
	@MethodSource("dashboards")
	void findsNothing(Path dashboard) {
		lint(dashboard, EXCEPTIONS).orElseThrow();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			"editable" ?: ?false   | "editable":true       | is editable
			rate_interval          | interval              | should use $__rate_interval
			"unit" ?: ?"[a-z]+"    | "unit":"seconds"      | has no or invalid units
			""")
	void findsWhatIsWrong(String right, String wrong, String message, @TempDir Path folder) throws IOException {
		Path broken = DashboardFiles.broken("telemetry.json", right, wrong, folder.resolve("telemetry.json"));
		Programs.Result result = lint(broken, EXCEPTIONS);
		assertThat(result.status()).isNotZero();
		assertThat(result.output()).contains(message);
	}

	// The linter finds something if one exception is left out.
	@Test
	void exceptionsAreStillNeeded(@TempDir Path folder) throws IOException {
		Map<String, Map<String, Map<String, List<Map<String, String>>>>> configuration = new Yaml()
			.load(Files.readString(EXCEPTIONS));
		Map<String, Map<String, List<Map<String, String>>>> exclusions = configuration.get("exclusions");
		exclusions
			.forEach((rule, content) -> assertThat(content.get("entries")).as(rule).isNotEmpty().allSatisfy((entry) -> {
				assertThat(entry.get("reason")).isNotBlank();
				Map<String, Object> others = new HashMap<>(exclusions);
				List<Map<String, String>> entries = new ArrayList<>(content.get("entries"));
				entries.remove(entry);
				// A rule without entries would be an exception for everything.
				others.put(rule,
						Map.of("entries", (!entries.isEmpty()) ? entries : List.of(Map.of("dashboard", "none"))));
				Path file = Files.writeString(folder.resolve("lint.yml"),
						new Yaml().dump(Map.of("exclusions", others)));
				assertThat(dashboards()).anyMatch((dashboard) -> lint(dashboard, file).status() != 0);
			}));
	}

	private static Programs.Result lint(Path dashboard, Path configuration) {
		return Programs.run(dashboard.getParent(), "dashboard-linter", "lint", "--strict", "--config",
				configuration.toString(), dashboard.toString());
	}

}
