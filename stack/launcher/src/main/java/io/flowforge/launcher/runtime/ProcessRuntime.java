package io.flowforge.launcher.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import io.flowforge.launcher.StackException;
import io.flowforge.launcher.process.Memory;
import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.RunningServer;
import io.flowforge.launcher.process.ServerCommand;
import io.flowforge.launcher.process.ServerStarter;

/**
 * Parts as plain processes. Each is noted in a file as soon as it runs, so that it can be
 * ended also after a crash of the launcher.
 */
final class ProcessRuntime implements Runtime {

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

	private static final int LAST_WORDS = 20;

	private static final String NOTE = ".pid";

	private final DataFolder data;

	private final Function<Part, ServerCommand> commands;

	/** Held while a server is started and noted: no signal may come between the two. */
	private final Object starting = new Object();

	/** Whether everything was ended: nothing may be started after that. */
	private boolean ended;

	ProcessRuntime(DataFolder data, Function<Part, ServerCommand> commands) {
		this.data = data;
		this.commands = commands;
	}

	@Override
	public void start(List<Part> parts) {
		stop(parts.stream().filter(this::isAlive).filter(this::isOutdated).toList());
		for (Part part : parts) {
			if (!isAlive(part)) {
				ServerCommand command = this.commands.apply(part);
				synchronized (this.starting) {
					if (this.ended) {
						throw new StackException("Interrupted.");
					}
					RunningServer server = ServerStarter.start(command, this.data.log(part.id()));
					DataFolder.write(note(part.id()),
							"%d %d %s%n".formatted(server.pid(), server.began().toEpochMilli(), command.fingerprint()));
				}
			}
		}
	}

	@Override
	public boolean isOutdated(Part part) {
		return read(part.id()).filter((note) -> !note.fingerprint.equals(this.commands.apply(part).fingerprint()))
			.isPresent();
	}

	@Override
	public void stop(Collection<Part> parts) {
		synchronized (this.starting) {
			stopAll(parts.stream().map(Part::id).toList());
		}
	}

	private boolean stopAll(List<String> names) {
		List<RunningServer> servers = names.stream().flatMap((name) -> server(name).stream()).toList();
		servers.forEach(RunningServer::terminate);
		long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
		servers.forEach((server) -> server.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))));
		names.forEach((name) -> DataFolder.delete(note(name)));
		return !servers.isEmpty();
	}

	@Override
	public boolean isAlive(Part part) {
		return server(part.id()).isPresent();
	}

	@Override
	public void reload(Part part) {
		server(part.id()).ifPresent((server) -> server.signal("HUP"));
	}

	@Override
	public String lastWords(Part part) {
		try {
			List<String> lines = new String(Files.readAllBytes(this.data.log(part.id())), StandardCharsets.UTF_8)
				.lines()
				.toList();
			return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
		}
		catch (IOException ex) {
			return "(no log)";
		}
	}

	@Override
	public Map<Part, Instance> instances(Collection<Part> parts) {
		Map<Part, Instance> instances = new EnumMap<>(Part.class);
		for (Part part : parts) {
			server(part.id()).ifPresent((server) -> instances.put(part,
					new Instance("pid " + server.pid(), Memory.of(server.pid()).orElse(""))));
		}
		return instances;
	}

	@Override
	public Programs.Result check(Part part, Path folder, List<String> command) {
		return Programs.run(folder, command.toArray(String[]::new));
	}

	// By what was noted, not by what the settings say: it ends whatever was started.
	@Override
	public boolean end() {
		synchronized (this.starting) {
			this.ended = true;
			return stopAll(noted());
		}
	}

	private List<String> noted() {
		if (!Files.isDirectory(this.data.run())) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(this.data.run())) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(NOTE))
				.map((name) -> name.substring(0, name.length() - NOTE.length()))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Optional<RunningServer> server(String name) {
		return read(name).map(Note::server).filter(RunningServer::isAlive);
	}

	private Optional<Note> read(String name) {
		try {
			if (!Files.exists(note(name))) {
				return Optional.empty();
			}
			String[] words = Files.readString(note(name)).strip().split(" ");
			return Optional.of(new Note(
					new RunningServer(name, Long.parseLong(words[0]), Instant.ofEpochMilli(Long.parseLong(words[1]))),
					words[2]));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path note(String name) {
		return this.data.run().resolve(name + NOTE);
	}

	private record Note(RunningServer server, String fingerprint) {
	}

}
