package io.flowforge.launcher.runtime;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.flowforge.launcher.StackException;
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
