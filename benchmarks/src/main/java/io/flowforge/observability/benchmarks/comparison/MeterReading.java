package io.flowforge.observability.benchmarks.comparison;

import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * What the JVM of an application says of itself.
 *
 * @param allocated the bytes that all living threads have allocated
 * @param heap the bytes of the heap that are used
 * @param threads how many Java threads live
 * @param classes how many classes were loaded since the start
 */
record MeterReading(long allocated, long heap, long threads, long classes) {

	/**
	 * Read the meter.
	 * @param port the meter's port
	 * @return the reading
	 * @throws IOException if the application does not answer
	 */
	static MeterReading read(int port) throws IOException {
		return read(port, 'r');
	}

	/**
	 * Collect garbage, then read the meter.
	 * @param port the meter's port
	 * @return the reading
	 * @throws IOException if the application does not answer
	 */
	static MeterReading readAfterGarbageCollection(int port) throws IOException {
		return read(port, 'g');
	}

	private static MeterReading read(int port, char command) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.getOutputStream().write(command);
			Properties reading = new Properties();
			reading.load(new StringReader(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)));
			return new MeterReading(value(reading, "allocated"), value(reading, "heap"), value(reading, "threads"),
					value(reading, "classes"));
		}
	}

	private static long value(Properties reading, String name) {
		return Long.parseLong(reading.getProperty(name));
	}

}
