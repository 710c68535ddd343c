package io.flowforge.launcher.process;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.flowforge.launcher.StackException;
import io.flowforge.launcher.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of {@link TemporaryServer}.
 */
class TemporaryServerTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	@TempDir
	private Path folder;

	@Test
	void endsWithTheProcessThatStartedIt() throws Exception {
		Process starter = new ProcessBuilder(Programs.java(), "-cp", System.getProperty("java.class.path"),
				Starter.class.getName(), this.folder.toString())
			.redirectErrorStream(true)
			.redirectOutput(this.folder.resolve("starter.log").toFile())
			.start();
		try {
			Waiting.until("The server has not started", TIMEOUT, () -> Files.exists(this.folder.resolve("ready")));
			ProcessHandle server = ProcessHandle.of(pid()).orElseThrow();
			assertThat(server.isAlive()).isTrue();
			starter.destroy();
			assertThat(starter.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
			Waiting.until("The server has not ended", TIMEOUT, () -> !server.isAlive());
		}
		finally {
			starter.destroyForcibly();
		}
	}

	@Test
	void startsAgainWithALogOfItsOwn() throws IOException {
		try (TemporaryServer server = TemporaryServer.start(sleeper(this.folder), this.folder,
				() -> Files.exists(this.folder.resolve("pid")))) {
			long first = pid();
			server.kill();
			assertThat(ProcessHandle.of(first).filter(ProcessHandle::isAlive)).isEmpty();
			Files.delete(this.folder.resolve("pid"));
			server.restart();
			assertThat(pid()).isNotEqualTo(first);
			assertThat(this.folder.resolve("sleeper-2.log")).exists();
		}
		assertThat(ProcessHandle.of(pid()).filter(ProcessHandle::isAlive)).isEmpty();
	}

	@Test
	void saysWhatAServerPrintedThatDoesNotStart() {
		ServerCommand broken = new ServerCommand("broken", this.folder,
				List.of("sh", "-c", "echo 'no such setting'; exit 1"), Map.of(), URI.create("http://127.0.0.1:1/"),
				List.of());
		assertThatThrownBy(() -> TemporaryServer.start(broken, this.folder)).isInstanceOf(StackException.class)
			.hasMessageContaining("broken does not start: broken has ended.")
			.hasMessageContaining("no such setting");
	}

	private long pid() throws IOException {
		return Long.parseLong(Files.readString(this.folder.resolve("pid")).strip());
	}

	private static ServerCommand sleeper(Path folder) {
		return new ServerCommand("sleeper", folder,
				List.of("sh", "-c", "echo $$ >pid.new; mv pid.new pid; exec sleep 300"), Map.of(),
				URI.create("http://127.0.0.1:1/"), List.of());
	}

	/**
	 * A process that starts a server and does not end by itself.
	 */
	public static final class Starter {

		private Starter() {
		}

		public static void main(String[] arguments) throws Exception {
			Path folder = Path.of(arguments[0]);
			TemporaryServer.start(sleeper(folder), folder, () -> Files.exists(folder.resolve("pid")));
			Files.createFile(folder.resolve("ready"));
			Thread.sleep(Duration.ofMinutes(5).toMillis());
		}

	}

}
