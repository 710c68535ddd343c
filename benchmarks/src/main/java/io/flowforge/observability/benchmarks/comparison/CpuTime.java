package io.flowforge.observability.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The CPU time of a JVM since its start, as the kernel counts it, in seconds. The
 * compilers are counted separately: their work depends on the age of the JVM, not on the
 * number of requests.
 *
 * @param process all threads
 * @param compilers those of the just-in-time compilers
 */
record CpuTime(double process, double compilers) {

	// What sysconf(_SC_CLK_TCK) returns on every Linux.
	private static final double TICKS_PER_SECOND = 100;

	static CpuTime of(long pid) throws IOException {
		Path folder = Path.of("/proc", String.valueOf(pid));
		double compilers = 0;
		try (Stream<Path> tasks = Files.list(folder.resolve("task"))) {
			for (Path task : (Iterable<Path>) tasks::iterator) {
				compilers += compiler(task);
			}
		}
		return new CpuTime(seconds(Files.readString(folder.resolve("stat"))), compilers);
	}

	/**
	 * What has been used since.
	 * @param earlier an earlier reading
	 * @return the difference
	 */
	CpuTime since(CpuTime earlier) {
		return new CpuTime(this.process - earlier.process, this.compilers - earlier.compilers);
	}

	/**
	 * The time that the application itself has used.
	 * @return seconds, without the compilers'
	 */
	double application() {
		return this.process - this.compilers;
	}

	private static double compiler(Path task) throws IOException {
		try {
			String stat = Files.readString(task.resolve("stat"));
			return stat.matches("(?s)\\d+ \\(C[12] Compiler.*") ? seconds(stat) : 0;
		}
		catch (NoSuchFileException ex) {
			// The thread has just ended. Compiler threads do not.
			return 0;
		}
	}

	// See proc_pid_stat(5): utime and stime are the 14th and the 15th field, and the
	// second
	// one, in parentheses, may contain anything.
	private static double seconds(String stat) {
		List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
		return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / TICKS_PER_SECOND;
	}

}
