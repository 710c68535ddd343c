package io.flowforge.launcher.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.flowforge.launcher.StackException;

/**
 * Starts servers that outlive this process.
 */
public final class ServerStarter {

	/**
	 * Job control puts the server into a process group of its own, so that a Ctrl-C at
	 * the terminal does not reach it, and {@code nohup} keeps it when the terminal
	 * closes. The trap is for the shell itself, which has to tell the process id first.
	 */
	private static final String SHELL = """
			trap : INT TERM HUP
			set -m
			nohup "$@" </dev/null >"$FLOWFORGE_LOG" 2>&1 &
			echo $!
			""";

	private ServerStarter() {
	}

	/**
	 * Start a server. It need not be ready when this returns.
	 * @param server how to start it
	 * @param log the file for what it prints
	 * @return the server
	 * @throws StackException if it cannot be started
	 */
	public static RunningServer start(ServerCommand server, Path log) {
		return start(server, log, (variable) -> true);
	}

	/**
	 * Start a server that sees only some of the variables of this process.
	 * @param server how to start it
	 * @param log the file for what it prints
	 * @param inherited which variables of this process it sees
	 * @return the server
	 */
	static RunningServer start(ServerCommand server, Path log, Predicate<String> inherited) {
		try {
			Files.createDirectories(server.folder());
			Files.createDirectories(log.toAbsolutePath().getParent());
			List<String> command = new ArrayList<>(List.of("bash", "-c", SHELL, server.name()));
			command.addAll(server.command());
			ProcessBuilder builder = new ProcessBuilder(command).directory(server.folder().toFile())
				.redirectError(ProcessBuilder.Redirect.DISCARD);
			builder.environment().keySet().removeIf((variable) -> !inherited.test(variable));
			builder.environment().putAll(server.environment());
			builder.environment().put("FLOWFORGE_LOG", log.toAbsolutePath().toString());
			Process shell = builder.start();
			String pid = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
			shell.waitFor();
			long number = Long.parseLong(pid);
			Instant began = ProcessHandle.of(number)
				.flatMap((process) -> process.info().startInstant())
				.orElseGet(Instant::now);
			return new RunningServer(server.name(), number, began);
		}
		catch (IOException | NumberFormatException ex) {
			throw new StackException("%s cannot be started: %s".formatted(server.name(), ex.getMessage()), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new StackException("Interrupted while starting " + server.name() + ".", ex);
		}
	}

}
