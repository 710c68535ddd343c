package io.flowforge.observability.benchmarks.application;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import com.sun.management.ThreadMXBean;

/**
 * Reports what only the JVM itself knows, on a port of its own. It is a plain socket
 * because each variant would trace an HTTP endpoint, in its own way.
 */
final class Meter {

	/**
	 * What a client sends to have garbage collected first.
	 */
	static final int COLLECT_GARBAGE = 'g';

	private static final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private Meter() {
	}

	static void start(int port) throws IOException {
		ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
		Thread thread = new Thread(() -> serve(server), "meter");
		thread.setDaemon(true);
		thread.start();
	}

	private static void serve(ServerSocket server) {
		try {
			while (true) {
				try (Socket client = server.accept()) {
					if (client.getInputStream().read() == COLLECT_GARBAGE) {
						System.gc();
					}
					client.getOutputStream().write(reading().getBytes(StandardCharsets.UTF_8));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String reading() {
		return """
				allocated=%d
				heap=%d
				threads=%d
				classes=%d
				""".formatted(allocated(), ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
				threads.getThreadCount(), ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
	}

	// Java 17 does not know what threads have allocated that have ended. Few do.
	private static long allocated() {
		return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
			.filter((bytes) -> bytes > 0)
			.sum();
	}

}
