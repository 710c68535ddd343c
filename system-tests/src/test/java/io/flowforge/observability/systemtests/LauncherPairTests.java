package io.flowforge.observability.systemtests;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stack of processes with {@code FLOWFORGE_PROFILE=ha}. What a pair then tells people
 * is in {@link AlertmanagerPairTests}.
 */
class LauncherPairTests {

	private static final List<String> PAIR = List.of("FLOWFORGE_ALERTMANAGER_PORT", "FLOWFORGE_ALERTMANAGER_2_PORT");

	/**
	 * Generous: one that was lost is looked for every ten seconds, and gossip takes
	 * another ten to settle.
	 */
	private static final Duration LIMIT = Duration.ofMinutes(1);

	private Launcher launcher;

	@BeforeEach
	void prepare(@TempDir Path folder) {
		Launcher.requireBackends();
		this.launcher = new Launcher(Repository.file(""), folder.resolve("data"));
		this.launcher.set("FLOWFORGE_PROFILE", "ha");
		List.of("COLLECTOR", "LOKI", "TEMPO", "GRAFANA")
			.forEach((part) -> this.launcher.set("FLOWFORGE_" + part, "no"));
	}

	@AfterEach
	void end() {
		if (this.launcher != null) {
			this.launcher.close();
		}
	}

	@Test
	void bothRunKnowEachOtherAndAreToldByPrometheus() {
		this.launcher.run("up").orElseThrow();
		assertThat(this.launcher.noted()).containsKeys("alertmanager", "alertmanager-2");
		awaitPair();
		await("Prometheus knowing both",
				() -> json("FLOWFORGE_PROMETHEUS_PORT", "/api/v1/alertmanagers").at("/data/activeAlertmanagers")
					.size() == 2);

		// The first is told of no other: it is the second that has to find it again.
		ProcessHandle first = this.launcher.noted().get("alertmanager");
		first.destroyForcibly();
		first.onExit().join();
		this.launcher.run("service", "start", "alertmanager").orElseThrow();
		awaitPair();

		this.launcher.run("down").orElseThrow();
		assertThat(this.launcher.running()).isEmpty();
		assertThat(this.launcher.notes()).isEmpty();
	}

	private void awaitPair() {
		for (String port : PAIR) {
			await("the pair having found each other", () -> {
				JsonNode cluster = json(port, "/api/v2/status").path("cluster");
				return cluster.path("status").asString("").equals("ready") && cluster.path("peers").size() == 2;
			});
		}
	}

	private JsonNode json(String port, String path) {
		return JsonMapper.shared()
			.readTree(Http.get(URI.create("http://localhost:" + this.launcher.port(port) + path)));
	}

	private static void await(String what, BooleanSupplier condition) {
		Waiting.until(what, LIMIT, () -> Optional.of(true).filter((yes) -> condition.getAsBoolean()), Waiting.SILENTLY);
	}

}
