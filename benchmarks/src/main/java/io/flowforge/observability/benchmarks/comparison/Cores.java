package io.flowforge.observability.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The cores of this machine: the first is the application's alone, all others are for the
 * load generator and the receiver.
 *
 * @param application the application's core
 * @param others the other cores, separated by commas
 */
record Cores(int application, String others) {

	/**
	 * Divide the cores, and leave the application's to it.
	 * @return the cores
	 * @throws IOException if this is not Linux, or {@code taskset} is missing
	 * @throws InterruptedException if interrupted
	 */
	static Cores divide() throws IOException, InterruptedException {
		List<Integer> allowed = allowed();
		if (allowed.size() < 2) {
			throw new IllegalStateException("The comparison needs two cores: one for the application alone");
		}
		Cores cores = new Cores(allowed.get(0),
				allowed.stream().skip(1).map(String::valueOf).collect(Collectors.joining(",")));
		move(ProcessHandle.current().pid(), cores.others);
		return cores;
	}

	// Threads and processes that start later inherit it.
	private static void move(long pid, String cores) throws IOException, InterruptedException {
		new ProcessBuilder("taskset", "-apc", cores, String.valueOf(pid))
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()
			.waitFor();
	}

	/**
	 * Let an application, and the compilers of its JVM, have all cores for a while.
	 * @param pid the process of the application
	 * @param work what to do meanwhile
	 * @throws IOException if it fails
	 * @throws InterruptedException if interrupted
	 */
	void sharing(long pid, IoRunnable work) throws IOException, InterruptedException {
		move(pid, all());
		work.run();
		move(pid, String.valueOf(this.application));
	}

	/**
	 * What a command begins with that is to run on the application's core.
	 * @return the words
	 */
	List<String> prefix() {
		return List.of("taskset", "-c", String.valueOf(this.application));
	}

	/**
	 * What a command begins with that is to run on all cores: it would run on those of
	 * this process.
	 * @return the words
	 */
	List<String> prefixOfAll() {
		return List.of("taskset", "-c", all());
	}

	private String all() {
		return this.application + "," + this.others;
	}

	// As in "0-3,8".
	private static List<Integer> allowed() throws IOException {
		try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
			String list = lines.filter((line) -> line.startsWith("Cpus_allowed_list:")).findFirst().orElseThrow();
			List<Integer> cores = new ArrayList<>();
			for (String range : list.split("\\s+")[1].split(",")) {
				String[] ends = range.split("-");
				IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
					.forEach(cores::add);
			}
			return cores;
		}
	}

	/**
	 * Work that may fail.
	 */
	@FunctionalInterface
	interface IoRunnable {

		void run() throws IOException;

	}

}
