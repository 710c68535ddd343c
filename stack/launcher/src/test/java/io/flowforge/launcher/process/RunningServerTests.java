package io.flowforge.launcher.process;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.flowforge.launcher.StackException;
import io.flowforge.launcher.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RunningServerTests {

	private static final Duration SHORT = Duration.ofMillis(200);

	private static final Duration LONG = Duration.ofSeconds(20);

	@TempDir
	private Path folder;

	private RunningServer server;

	@AfterEach
	void end() {
		if (this.server != null) {
			this.server.kill();
		}
	}

	@Test
	void outlivesWhoStartedItAndEndsWhenAsked() {
		this.server = start("exec sleep 600");
		ProcessHandle process = this.server.process().orElseThrow();
		assertThat(process.parent().map(ProcessHandle::pid)).isNotEqualTo(ProcessHandle.current().pid());
		RunningServer.end(List.of(this.server), LONG);
		assertThat(process.isAlive()).isFalse();
		assertThat(this.server.isAlive()).isFalse();
	}

	@Test
	void writesToItsLogAndGetsSignals() {
		this.server = start("trap 'echo read again' USR1; echo \"$GREETING\"; while :; do sleep 0.05; done");
		awaitLog("hello");
		this.server.signal("USR1");
		awaitLog("read again");
	}

	@Test
	void isKilledWhenItDoesNotEndInTime() {
		this.server = start("trap '' TERM; echo ready; while :; do sleep 0.05; done");
		awaitLog("ready");
		RunningServer.end(List.of(this.server), SHORT);
		assertThat(this.server.isAlive()).isFalse();
	}

	// As Grafana's Debian and RPM packages have it.
	@Test
	void endsWithTheServerThatItsScriptRuns() {
		this.server = start("sleep 600; echo ended");
		ProcessHandle script = this.server.process().orElseThrow();
		Waiting.until("The script runs nothing", LONG, () -> script.children().count() == 1);
		List<ProcessHandle> started = script.children().toList();
		RunningServer.end(List.of(this.server), LONG);
		assertThat(script.isAlive()).isFalse();
		assertThat(started).noneMatch(ProcessHandle::isAlive);
	}

	// The system uses the numbers of processes again.
	@Test
	void isNotTheProcessThatHasItsNumberLater() {
		this.server = start("exec sleep 600");
		RunningServer earlier = new RunningServer("earlier", this.server.pid(),
				this.server.began().minus(Duration.ofMinutes(1)));
		assertThat(earlier.isAlive()).isFalse();
		earlier.kill();
		assertThat(this.server.isAlive()).isTrue();
	}

	@Test
	void programsThatTakeTooLongAreEnded() {
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> Programs.run(this.folder, Map.of(), "", SHORT, List.of("sleep", "600")))
			.withMessageStartingWith("sleep 600 did not end within");
		Waiting.until("The program still runs", LONG, () -> ProcessHandle.current().descendants().findAny().isEmpty());
	}

	@Test
	void fingerprintChangesWithWhatTheServerReadsAtItsStart() throws Exception {
		Path configuration = Files.writeString(this.folder.resolve("configuration"), "a");
		ServerCommand command = new ServerCommand("server", this.folder, List.of("x"), Map.of("a", "b"),
				URI.create("http://localhost"), List.of(configuration));
		String before = command.fingerprint();
		assertThat(command.fingerprint()).isEqualTo(before);
		Files.writeString(configuration, "b");
		assertThat(command.fingerprint()).isNotEqualTo(before);
	}

	private RunningServer start(String script) {
		return ServerStarter.start(new ServerCommand("server", this.folder, List.of("sh", "-c", script),
				Map.of("GREETING", "hello"), URI.create("http://localhost"), List.of()), log());
	}

	private Path log() {
		return this.folder.resolve("log/server.log");
	}

	private void awaitLog(String text) {
		Waiting.until("The log does not say " + text, LONG, () -> logContains(text));
	}

	private boolean logContains(String text) {
		try {
			return Files.readString(log()).contains(text);
		}
		catch (IOException ex) {
			return false;
		}
	}

}
