package io.flowforge.observability.systemtests;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

import io.flowforge.launcher.Http;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.layout.Part;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stack of processes with {@code FLOWFORGE_PROFILE=ha}. What a pair then tells people
 * is in {@link AlertmanagerPairTests}.
 */
class LauncherPairTests {

	/**
	 * Generous: one that was lost is looked for every ten seconds, and gossip takes
	 * another ten to settle.
	 */
	private static final Duration LIMIT = Duration.ofMinutes(3);

	private Launcher launcher;

	@BeforeEach
	void prepare(@TempDir Path folder) {
		Launcher.requireBackends();
		this.launcher = new Launcher(Launcher.repository(), folder.resolve("data"));
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
		await("Prometheus does not know both",
				() -> Http.json(this.launcher.address(Part.PROMETHEUS, "/api/v1/alertmanagers"))
					.at("/data/activeAlertmanagers")
					.size() == 2);

		// The first is told of no other: it is the second that has to find it again.
		ProcessHandle first = this.launcher.noted().get("alertmanager");
		first.destroyForcibly();
		await("The first does not end", () -> !first.isAlive());
		this.launcher.run("up").orElseThrow();
		awaitPair();

		this.launcher.run("down").orElseThrow();
		assertThat(this.launcher.running()).isEmpty();
		assertThat(this.launcher.notes()).isEmpty();
	}

	private void awaitPair() {
		for (Part part : List.of(Part.ALERTMANAGER, Part.ALERTMANAGER_2)) {
			await("The pair has not found each other", () -> {
				JsonNode cluster = Http.json(this.launcher.address(part, "/api/v2/status")).path("cluster");
				return cluster.path("status").asString("").equals("ready") && cluster.path("peers").size() == 2;
			});
		}
	}

	private static void await(String complaint, BooleanSupplier condition) {
		Waiting.until(complaint, LIMIT, condition);
	}

}
