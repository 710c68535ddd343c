package io.flowforge.launcher.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PortsTests {

	@Test
	void portIsTakenWhileSomebodyListens() throws IOException {
		int port = Ports.free();
		assertThat(Ports.isTaken(port)).isFalse();
		try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			assertThat(Ports.isTaken(socket.getLocalPort())).isTrue();
		}
		assertThat(Ports.isTaken(port)).isFalse();
	}

	@Test
	void namesWhoListens() throws IOException {
		if (Programs.find("ss", "lsof").isEmpty()) {
			RequiredPrograms.missing("Neither ss nor lsof is on the PATH");
		}
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThat(Ports.listener(socket.getLocalPort()))
				.contains("java (pid %d)".formatted(ProcessHandle.current().pid()));
		}
		assertThat(Ports.listener(Ports.free())).isEmpty();
	}

	@Test
	void portIsGivenToOneProcessOnly() throws Exception {
		String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
		Process other = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"),
				PortHolder.class.getName())
			.redirectError(Redirect.INHERIT)
			.start();
		try {
			int port = Integer.parseInt(other.inputReader().readLine());
			assertThat(PortClaims.claim(port)).isFalse();
			other.destroyForcibly().waitFor();
			assertThat(PortClaims.claim(port)).isTrue();
			assertThat(PortClaims.claim(port)).isFalse();
		}
		finally {
			other.destroyForcibly();
		}
	}

}
