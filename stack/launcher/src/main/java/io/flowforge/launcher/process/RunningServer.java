package io.flowforge.launcher.process;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.flowforge.launcher.Waiting;

/**
 * A server that was started as a plain process. It is known by its process id and by when
 * it began: the system uses the numbers again.
 *
 * @param name its name
 * @param pid its process id
 * @param began when the process began, as the system tells it
 */
public record RunningServer(String name, long pid, Instant began) {

	/**
	 * What the system says of one process differs by as much from one Java to the next:
	 * it is counted from when the machine was started.
	 */
	private static final Duration TOLERANCE = Duration.ofSeconds(2);

	private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);

	/**
	 * The process, if that very one still runs.
	 * @return the process
	 */
	public Optional<ProcessHandle> process() {
		return ProcessHandle.of(this.pid).filter(ProcessHandle::isAlive).filter(this::isTheSame);
	}

	private boolean isTheSame(ProcessHandle process) {
		return process.info()
			.startInstant()
			.map((start) -> Duration.between(this.began, start).abs().compareTo(TOLERANCE) <= 0)
			.orElse(true);
	}

	public boolean isAlive() {
		return process().isPresent();
	}

	/**
	 * Send the server a signal, if it runs.
	 * @param signal such as {@code HUP}
	 */
	public void signal(String signal) {
		if (isAlive()) {
			// The shell's own command: not every system has a program of that name.
			Programs.run(Path.of("/"), "/bin/sh", "-c", "kill -%s %d".formatted(signal, this.pid)).orElseThrow();
		}
	}

	/**
	 * The process and those that it has started. The program of a package may be a script
	 * that runs the server: Grafana's is one.
	 * @return the processes, none if the server does not run
	 */
	Stream<ProcessHandle> processes() {
		return process().stream().flatMap((process) -> Stream.concat(Stream.of(process), process.descendants()));
	}

	/**
	 * End the server without giving it time for anything.
	 */
	public void kill() {
		kill(processes().toList());
	}

	/**
	 * Ask servers to end, and kill those that take too long.
	 * @param servers the servers
	 * @param timeout how long they may take, all together
	 */
	public static void end(Collection<RunningServer> servers, Duration timeout) {
		List<ProcessHandle> processes = servers.stream().flatMap(RunningServer::processes).toList();
		processes.forEach(ProcessHandle::destroy);
		if (!awaitEnd(processes, timeout)) {
			kill(processes);
		}
	}

	private static void kill(List<ProcessHandle> processes) {
		processes.forEach(ProcessHandle::destroyForcibly);
		awaitEnd(processes, KILL_TIMEOUT);
	}

	// Not by onExit(): of a process that is no child it hears after up to two seconds.
	private static boolean awaitEnd(List<ProcessHandle> processes, Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		while (processes.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < deadline) {
			Waiting.pause();
		}
		return processes.stream().noneMatch(ProcessHandle::isAlive);
	}

}
