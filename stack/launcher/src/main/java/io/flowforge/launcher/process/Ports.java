package io.flowforge.launcher.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ports of the loopback address.
 */
public final class Ports {

	private static final int CONNECT_TIMEOUT_MILLIS = 1000;

	private static final Pattern SS = Pattern.compile("\\(\\(\"([^\"]*)\",pid=(\\d+)");

	private static final Pattern LSOF = Pattern.compile("p(\\d+)\\s+c(\\S+)");

	private static final int ATTEMPTS = 100;

	private Ports() {
	}

	/**
	 * A port that nobody uses at present, and that is given to nobody else who asks here
	 * until this process ends.
	 * @return the port
	 * @throws IllegalStateException if there is none
	 */
	public static int free() {
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			int port = unused();
			if (PortClaims.claim(port)) {
				return port;
			}
		}
		throw new IllegalStateException("The system knows no port that is free.");
	}

	private static int unused() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Whether somebody listens on a port.
	 * @param port the port
	 * @return whether a connection is accepted
	 */
	public static boolean isTaken(int port) {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_TIMEOUT_MILLIS);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Who listens on a port, where the system tells.
	 * @param port the port
	 * @return such as {@code java (pid 4711)}
	 */
	public static Optional<String> listener(int port) {
		Path root = Path.of("/");
		if (Programs.find("ss").isPresent()) {
			Matcher matcher = SS.matcher(Programs.run(root, "ss", "-Hltnp", "sport = :" + port).output());
			return matcher.find() ? Optional.of("%s (pid %s)".formatted(matcher.group(1), matcher.group(2)))
					: Optional.empty();
		}
		if (Programs.find("lsof").isPresent()) {
			List<String> command = List.of("lsof", "-nP", "-iTCP:" + port, "-sTCP:LISTEN", "-Fpc");
			Matcher matcher = LSOF.matcher(Programs.run(root, command.toArray(String[]::new)).output());
			return matcher.find() ? Optional.of("%s (pid %s)".formatted(matcher.group(2), matcher.group(1)))
					: Optional.empty();
		}
		return Optional.empty();
	}

}
