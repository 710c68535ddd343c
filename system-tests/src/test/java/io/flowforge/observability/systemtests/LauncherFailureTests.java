package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What keeps a stack from coming up is said in one sentence, and nothing of it remains.
 */
class LauncherFailureTests {

	private Path copy;

	private Launcher launcher;

	@BeforeEach
	void prepare(@TempDir Path folder) {
		this.copy = Launcher.copyOfRepository(folder);
		this.launcher = new Launcher(folder, folder.resolve("data"));
	}

	@AfterEach
	void nothingRemains() {
		assertNothingRemains(this.launcher);
	}

	@Test
	void namesEveryTakenPort() throws IOException {
		try (ServerSocket prometheus = listenOn("FLOWFORGE_PROMETHEUS_PORT");
				ServerSocket smtp = listenOn("FLOWFORGE_SMTP_PORT")) {
			Program.Result up = this.launcher.run("up");
			assertThat(up.status()).isEqualTo(1);
			assertThat(up.output().lines()).hasSize(2)
				.anySatisfy((line) -> assertThat(line)
					.startsWith("Port %d, which prometheus needs, is taken".formatted(prometheus.getLocalPort()))
					.contains("FLOWFORGE_PROMETHEUS_PORT=PORT"))
				.anySatisfy((line) -> assertThat(line)
					.startsWith("Port %d, which alert-inbox (SMTP) needs, is taken".formatted(smtp.getLocalPort()))
					.contains("FLOWFORGE_SMTP_PORT=PORT"));
		}
	}

	@Test
	void namesRuleFileThatCannotBeRead() throws IOException {
		Launcher.requireBackends();
		// Unlike a file without permissions, one that is not there is unreadable for
		// root, too.
		Files.createSymbolicLink(this.copy.resolve("prometheus-rules/lost.yml"), Path.of("nowhere.yml"));
		assertFails("assemble: prometheus-rules/lost.yml cannot be read.");
	}

	@Test
	void namesRuleFileThatIsInvalid() throws IOException {
		Launcher.requireBackends();
		Files.writeString(this.copy.resolve("prometheus-rules/broken.yml"), """
				groups:
				  - name: broken
				    rules:
				      - record: broken:ratio
				        expr: sum(
				""");
		Program.Result up = this.launcher.run("up");
		assertThat(up.status()).isEqualTo(1);
		assertThat(lastLine(up)).startsWith("assemble: promtool refuses the prometheus configuration")
			.contains("prometheus-rules/broken.yml")
			.contains("parse error");
	}

	@Test
	void saysWhatToInstall() {
		this.launcher.set("PATH", Launcher.pathOf(this.copy.resolve("bin"), "bash", "dirname", "basename", "paste"));
		Program.Result up = this.launcher.run("up");
		assertThat(up.status()).isEqualTo(1);
		assertThat(up.output()).contains("Not on the PATH: prometheus promtool amtool alertmanager.")
			.contains("sudo stack/install", "brew install prometheus alertmanager", "start a Docker engine");
	}

	@Test
	void endsEverythingWhenOnePartDies() {
		Launcher.requireBackends();
		Program.Result up = this.launcher.run("up");
		assertThat(up.status()).isEqualTo(1);
		assertThat(up.output())
			.containsPattern("(alert-inbox|inventory-service|orders-service) is not healthy; the end of its log:")
			.contains("corrupt jarfile")
			.endsWith("Not up; ending what was started.\n");
	}

	@Test
	void endsEverythingOnSignal(@TempDir Path folder) throws IOException, InterruptedException {
		Launcher.requireBackends();
		Launcher whole = new Launcher(Repository.file(""), folder.resolve("data"));
		Path output = folder.resolve("output");
		Process up = whole.start("up", output);
		try {
			Waiting.until("a part being started", Duration.ofSeconds(30),
					() -> Optional.of(true).filter((yes) -> up.isAlive() && !whole.noted().isEmpty()),
					Waiting.SILENTLY);
			up.destroy();
			assertThat(up.waitFor(30, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			up.destroyForcibly();
			assertNothingRemains(whole);
		}
		// 130, except where the signal hits the flaw of bash that stack/up speaks of.
		assertThat(up.exitValue()).isNotZero();
		assertThat(Files.readString(output)).endsWith("Not up; ending what was started.\n");
	}

	@Test
	void namesJarThatIsNotBuilt() throws IOException {
		Files.delete(this.copy.resolve("samples/alert-inbox/target/alert-inbox.jar"));
		assertFails("up: samples/alert-inbox/target/alert-inbox.jar is not there: 'make dev' builds it.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			FLOWFORGE_RUNTIME | pods     | FLOWFORGE_RUNTIME=pods is neither containers nor processes.
			FLOWFORGE_PROFILE | pods     | FLOWFORGE_PROFILE=pods is unknown: it may be ha, slim, or empty.
			FLOWFORGE_DATA    | relative | FLOWFORGE_DATA=relative must be an absolute path.
			""")
	void namesSettingThatMakesNoSense(String variable, String value, String sentence) {
		this.launcher.set(variable, value);
		assertFails("up: " + sentence);
	}

	@Test
	void namesNotificationThatIsUnknown() {
		Launcher.requireBackends();
		this.launcher.set("FLOWFORGE_NOTIFY", "pigeons");
		assertFails("assemble: FLOWFORGE_NOTIFY=pigeons is none of none, slack, email, slack-email.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			drill                          | drill: the stack is not running: start it with 'make dev'.
			service restart orders-service | service: the stack is not running: start it with 'make dev'.
			pace 20                        | pace: there is nothing to scale yet: start the stack with 'make dev'.
			""")
	void needsStack(String command, String sentence) {
		String[] words = command.split(" ");
		Program.Result result = this.launcher.run(words[0], Arrays.copyOfRange(words, 1, words.length));
		assertThat(result.status()).isEqualTo(1);
		assertThat(result.output()).isEqualTo(sentence + "\n");
	}

	@Test
	void drillNeedsKnownFault() {
		this.launcher.set("FAULT", "nonsense");
		Program.Result drill = this.launcher.run("drill");
		assertThat(drill.status()).isEqualTo(1);
		assertThat(drill.output()).isEqualTo("drill: FAULT=nonsense is none of errors, latency, health, down.\n");
	}

	private static void assertNothingRemains(Launcher launcher) {
		try (launcher) {
			assertThat(launcher.running()).isEmpty();
			assertThat(launcher.notes()).isEmpty();
		}
	}

	private void assertFails(String sentence) {
		Program.Result up = this.launcher.run("up");
		assertThat(up.status()).isEqualTo(1);
		assertThat(lastLine(up)).isEqualTo(sentence);
	}

	private static String lastLine(Program.Result result) {
		return result.output().lines().reduce("", (before, line) -> line);
	}

	private ServerSocket listenOn(String port) throws IOException {
		return new ServerSocket(this.launcher.port(port), 1, InetAddress.getLoopbackAddress());
	}

}
