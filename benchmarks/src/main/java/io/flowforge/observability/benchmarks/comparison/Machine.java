package io.flowforge.observability.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;

/**
 * What the figures were measured on.
 *
 * @param date the day
 * @param processor the processor's model
 * @param kernel the operating system
 * @param java the virtual machine
 * @param load how many processes were running or waiting on average in the minute before
 */
record Machine(LocalDate date, String processor, String kernel, String java, double load) {

	static Machine describe() throws IOException {
		String name = System.getProperty("java.vendor.version", System.getProperty("java.vendor"));
		return new Machine(LocalDate.now(), processorModel(),
				System.getProperty("os.name") + " " + System.getProperty("os.version"),
				"Java %s (%s)".formatted(System.getProperty("java.version"), name),
				Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]));
	}

	private static String processorModel() throws IOException {
		try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
			return lines.filter((line) -> line.startsWith("model name"))
				.findFirst()
				.map((line) -> line.substring(line.indexOf(':') + 1).strip())
				.orElse(System.getProperty("os.arch"));
		}
	}

}
