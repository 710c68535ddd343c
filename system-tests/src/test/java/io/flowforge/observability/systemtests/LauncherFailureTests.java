package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.process.Programs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What keeps a stack from coming up is said in one sentence, and nothing of it remains.
 * Settings, ports and targets are checked before anything else happens: the tests of the
 * launcher itself have these.
 */
class LauncherFailureTests {

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private Path copy;

	private Launcher launcher;

	@BeforeEach
	void prepare(@TempDir Path folder) {
		Launcher.requireBackends();
		this.copy = Launcher.copyOfRepository(folder);
		this.launcher = new Launcher(folder, folder.resolve("data"));
		this.launcher.withAlertingOnly();
	}

	@AfterEach
	void nothingRemains() {
		if (this.launcher != null) {
			try (Launcher closed = this.launcher) {
				assertThat(closed.running()).isEmpty();
				assertThat(closed.notes()).isEmpty();
			}
		}
	}

	@Test
	void namesRuleFileThatIsInvalid() throws IOException {
		Files.writeString(this.copy.resolve("prometheus-rules/broken.yml"), """
				groups:
				  - name: broken
				    rules:
				      - record: broken:ratio
				        expr: sum(
				""");
		Programs.Result up = this.launcher.run("up");
		assertThat(up.status()).isEqualTo(1);
		assertThat(lastLine(up)).contains("prometheus-rules/broken.yml", "parse error");
	}

	@Test
	void namesJarThatIsHalfWritten() throws IOException {
		Files.writeString(jar("alert-inbox"), "half a download");
		Programs.Result up = this.launcher.run("up");
		assertThat(up.status()).isEqualTo(1);
		assertThat(lastLine(up)).contains("samples/alert-inbox/target/alert-inbox.jar is not a complete jar");
	}

	@Test
	void saysWhatToInstall() {
		this.launcher.set("PATH", Launcher.pathOf(this.copy.resolve("bin"), "sh", "bash", "dirname", "find", "head",
				"sed", "cksum", "cut", "mkdir", "rm", "cp", "mv", "id", "uname", "paste"));
		Programs.Result up = this.launcher.run("up");
		assertThat(up.status()).isEqualTo(1);
		assertThat(up.output()).contains("Not on the PATH: prometheus promtool amtool alertmanager node_exporter.")
			.contains("sudo stack/install", "brew install prometheus alertmanager", "start a Docker engine");
	}

	@Test
	void endsEverythingWhenOnePartDies() {
		List.of("alert-inbox", "orders-service", "inventory-service").forEach((name) -> Launcher.emptyJar(jar(name)));
		Programs.Result up = this.launcher.run("up");
		assertThat(up.status()).isEqualTo(1);
		assertThat(up.output())
			.containsPattern("(alert-inbox|inventory-service|orders-service) is not healthy; the end of its log:")
			.contains("is started as it is, which takes longer: ", "no main manifest attribute")
			.contains("Not up; ending what was started.\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "INT", "TERM" })
	void endsEverythingOnSignal(String signal) throws IOException, InterruptedException {
		Path output = this.copy.resolve("output");
		Process up = upUntilAPartIsStarted(output);
		Programs.run(this.copy, "sh", "-c", "kill -%s %d".formatted(signal, up.pid())).orElseThrow();
		assertThat(up.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(up.exitValue()).isNotZero();
		assertThat(Files.readString(output)).contains("Not up; ending what was started.\n")
			.doesNotContain("is not healthy");
	}

	@Test
	void downEndsWhatALauncherThatWasKilledHasStarted() throws IOException, InterruptedException {
		Process up = upUntilAPartIsStarted(this.copy.resolve("output"));
		// Not between the start of a process and the note of it: nobody could find that.
		AtomicInteger parts = new AtomicInteger();
		Waiting.until("No part is being waited for", LIMIT, () -> {
			int noted = this.launcher.noted().size();
			return parts.getAndSet(noted) == noted && this.launcher.everyProcessIsNoted();
		});
		up.destroyForcibly();
		assertThat(up.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(this.launcher.running()).isNotEmpty();
		this.launcher.set("FLOWFORGE_PROFILE", "nonsense");
		assertThat(this.launcher.run("down").output()).isEqualTo("Everything is down.\n");
	}

	private Process upUntilAPartIsStarted(Path output) {
		Process up = this.launcher.start(output, "up");
		Waiting.until("No part is started", LIMIT, () -> {
			assertThat(up.isAlive()).as("up is still running").isTrue();
			return !this.launcher.noted().isEmpty();
		});
		return up;
	}

	private Path jar(String sample) {
		return this.copy.resolve("samples/%s/target/%s.jar".formatted(sample, sample));
	}

	private static String lastLine(Programs.Result result) {
		return result.output().lines().reduce("", (before, line) -> line);
	}

}
