package io.flowforge.launcher.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

import io.flowforge.launcher.Http;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.Waiting;

/**
 * A server that ends with this process at the latest, also after a Ctrl-C: for tests and
 * for the drill. It sees none of the settings that a person has made for a stack.
 */
public final class TemporaryServer implements AutoCloseable {

	/**
	 * Long, since many servers may start at the same time on a machine with other work.
	 */
	private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

	private static final int LAST_LINES = 40;

	/** The servers that run. Its lock is held while one of them is started. */
	private static final Set<RunningServer> RUNNING = new LinkedHashSet<>();

	private static boolean ending;

	static {
		Runtime.getRuntime().addShutdownHook(new Thread(TemporaryServer::killAll, "end-servers"));
	}

	private final ServerCommand command;

	private final Path logs;

	private final BooleanSupplier ready;

	private int starts;

	private Path log;

	private RunningServer server;

	private TemporaryServer(ServerCommand command, Path logs, BooleanSupplier ready) {
		this.command = command;
		this.logs = logs;
		this.ready = ready;
		this.log = nextLog();
		this.server = launch();
	}

	/**
	 * Start a server and wait until its health address answers.
	 * @param command how to start it
	 * @param logs the folder for what it prints
	 * @return the server
	 * @throws StackException if it does not become healthy, with the end of its log
	 */
	public static TemporaryServer start(ServerCommand command, Path logs) {
		return start(command, logs, () -> Http.answers(command.health()));
	}

	/**
	 * Start a server and wait until it is ready.
	 * @param command how to start it
	 * @param logs the folder for what it prints
	 * @param ready whether it is ready
	 * @return the server
	 * @throws StackException if it does not become ready, with the end of its log
	 */
	public static TemporaryServer start(ServerCommand command, Path logs, BooleanSupplier ready) {
		TemporaryServer server = new TemporaryServer(command, logs, ready);
		server.awaitReady();
		return server;
	}

	/**
	 * Start the server again after it has ended, with a new log, and wait until it is
	 * ready.
	 */
	public void restart() {
		this.log = nextLog();
		this.server = launch();
		awaitReady();
	}

	private Path nextLog() {
		this.starts++;
		String name = this.command.name();
		return this.logs.resolve((this.starts == 1) ? name + ".log" : "%s-%d.log".formatted(name, this.starts));
	}

	private RunningServer launch() {
		synchronized (RUNNING) {
			if (ending) {
				throw new StackException("%s is not started: this process is ending.".formatted(this.command.name()));
			}
			RunningServer started = ServerStarter.start(this.command, this.log, TemporaryServer::isInherited);
			RUNNING.add(started);
			return started;
		}
	}

	private static boolean isInherited(String variable) {
		return !variable.startsWith("FLOWFORGE_") && !variable.startsWith("COLLECTOR_");
	}

	private void awaitReady() {
		try {
			Waiting.until(this.command.name() + " is not ready", START_TIMEOUT, () -> {
				if (!this.server.isAlive()) {
					throw new StackException(this.command.name() + " has ended.");
				}
				return this.ready.getAsBoolean();
			});
		}
		catch (RuntimeException ex) {
			close();
			throw new StackException("%s does not start: %s The end of its log %s:%n%s".formatted(this.command.name(),
					ex.getMessage(), this.log, lastLines()), ex);
		}
	}

	private String lastLines() {
		List<String> lines = log().lines().toList();
		return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
	}

	/**
	 * What the server has printed since it was last started.
	 * @return its log
	 */
	public String log() {
		try {
			return new String(Files.readAllBytes(this.log), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			return "(no log)";
		}
	}

	/**
	 * Send the server a signal, if it runs.
	 * @param signal such as {@code STOP}
	 */
	public void signal(String signal) {
		this.server.signal(signal);
	}

	/**
	 * End the server without giving it time for anything.
	 */
	public void kill() {
		this.server.kill();
		forget();
	}

	/**
	 * Ask the server to end, and kill it if it takes longer than 10 seconds.
	 */
	@Override
	public void close() {
		RunningServer.end(List.of(this.server), STOP_TIMEOUT);
		forget();
	}

	private void forget() {
		synchronized (RUNNING) {
			RUNNING.remove(this.server);
		}
	}

	private static void killAll() {
		synchronized (RUNNING) {
			ending = true;
			List<ProcessHandle> processes = RUNNING.stream().flatMap(RunningServer::processes).toList();
			processes.forEach(ProcessHandle::destroyForcibly);
		}
	}

}
