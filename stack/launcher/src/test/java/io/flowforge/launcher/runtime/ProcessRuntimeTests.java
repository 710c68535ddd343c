package io.flowforge.launcher.runtime;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.flowforge.launcher.StackException;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.layout.DataFolder;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.process.ServerCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ProcessRuntimeTests {

	@TempDir
	private Path folder;

	private String seconds = "600";

	private ProcessRuntime runtime() {
		return new ProcessRuntime(new DataFolder(this.folder), (part) -> new ServerCommand(part.id(), this.folder,
				List.of("sleep", this.seconds), Map.of(), URI.create("http://localhost"), List.of()));
	}

	@AfterEach
	void end() {
		runtime().end();
	}

	@Test
	void laterCommandKnowsWhatAnEarlierOneHasStarted() {
		runtime().start(List.of(Part.LOKI, Part.TEMPO));
		Map<Part, Runtime.Instance> before = runtime().instances(List.of(Part.values()));
		assertThat(before).containsOnlyKeys(Part.LOKI, Part.TEMPO);
		runtime().start(List.of(Part.LOKI, Part.TEMPO));
		assertThat(runtime().instances(List.of(Part.values())).get(Part.LOKI).id())
			.isEqualTo(before.get(Part.LOKI).id());
		this.seconds = "601";
		assertThat(runtime().isOutdated(Part.LOKI)).isTrue();
		runtime().start(List.of(Part.LOKI));
		assertThat(runtime().instances(List.of(Part.values())).get(Part.LOKI).id())
			.isNotEqualTo(before.get(Part.LOKI).id());
		assertThat(runtime().end()).isTrue();
		assertThat(runtime().instances(List.of(Part.values()))).isEmpty();
		assertThat(runtime().end()).isFalse();
	}

	@Test
	void endsPrometheusBeforeItSeesAServiceEnd() throws IOException {
		Path log = this.folder.resolve("ends");
		ProcessRuntime runtime = new ProcessRuntime(new DataFolder(this.folder), (part) -> {
			String script = """
					trap '%s echo %s >>%s; exit' TERM
					echo ready >>%s
					while :; do sleep 0.1; done""".formatted((part == Part.PROMETHEUS) ? "sleep 0.5;" : "", part.id(),
					log, log);
			return new ServerCommand(part.id(), this.folder, List.of("sh", "-c", script), Map.of(),
					URI.create("http://localhost"), List.of());
		});
		runtime.start(List.of(Part.ORDERS_SERVICE, Part.PROMETHEUS, Part.ALERTMANAGER));
		Waiting.until("They do not start", Duration.ofSeconds(10),
				() -> Files.exists(log) && log.toFile().length() >= "ready\n".length() * 3L);
		assertThat(runtime.end()).isTrue();
		assertThat(Files.readAllLines(log)).hasSize(6).element(3).isEqualTo("prometheus");
	}

	// A signal ends everything while another thread still starts parts.
	@Test
	void startsNothingAfterItHasEndedEverything() {
		ProcessRuntime runtime = runtime();
		runtime.start(List.of(Part.LOKI));
		runtime.end();
		assertThatExceptionOfType(StackException.class).isThrownBy(() -> runtime.start(List.of(Part.TEMPO)))
			.withMessage("Interrupted.");
		assertThat(runtime().isAlive(Part.TEMPO)).isFalse();
	}

}
