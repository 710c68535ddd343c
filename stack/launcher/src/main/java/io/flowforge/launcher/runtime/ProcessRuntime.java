package io.flowforge.launcher.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.flowforge.launcher.StackException;
import io.flowforge.launcher.layout.DataFolder;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.process.Memory;
import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.RunningServer;
import io.flowforge.launcher.process.ServerCommand;
import io.flowforge.launcher.process.ServerStarter;

/**
 * Parts as plain processes.
 */
final class ProcessRuntime implements Runtime {

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

	private static final int LAST_WORDS = 20;

	private final DataFolder data;

	private final ProcessNotes notes;

	private final Function<Part, ServerCommand> commands;

	/** Held while a server is started and noted: no signal may come between the two. */
	private final Object starting = new Object();

	/** Whether everything was ended: nothing may be started after that. */
	private boolean ended;

	ProcessRuntime(DataFolder data, Function<Part, ServerCommand> commands) {
		this.data = data;
		this.notes = new ProcessNotes(data);
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
					this.notes.write(part.id(), server, command.fingerprint());
				}
			}
		}
	}

	@Override
	public boolean isOutdated(Part part) {
		return this.notes.read(part.id())
			.filter((note) -> !note.fingerprint().equals(this.commands.apply(part).fingerprint()))
			.isPresent();
	}

	@Override
	public void stop(Collection<Part> parts) {
		synchronized (this.starting) {
			stopAll(parts.stream().map(Part::id).toList());
		}
	}

	private boolean stopAll(List<String> names) {
		List<RunningServer> servers = names.stream().flatMap((name) -> this.notes.running(name).stream()).toList();
		RunningServer.end(servers, STOP_TIMEOUT);
		names.forEach(this.notes::delete);
		return !servers.isEmpty();
	}

	@Override
	public boolean isAlive(Part part) {
		return this.notes.running(part.id()).isPresent();
	}

	@Override
	public void reload(Part part) {
		this.notes.running(part.id()).ifPresent((server) -> server.signal("HUP"));
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
			this.notes.running(part.id())
				.ifPresent((server) -> instances.put(part,
						new Instance("pid " + server.pid(), Memory.of(server.pid()).orElse(""))));
		}
		return instances;
	}

	@Override
	public Programs.Result check(Part part, Path folder, List<String> command) {
		return Programs.run(folder, command.toArray(String[]::new));
	}

	// By what was noted, not by what the settings say: it ends whatever was started.
	// Prometheus before the others: it would keep that a service is down, and the next
	// stack may have left out that service.
	@Override
	public boolean end() {
		synchronized (this.starting) {
			this.ended = true;
			boolean watched = stopAll(List.of(Part.PROMETHEUS.id()));
			return stopAll(this.notes.names()) || watched;
		}
	}

}
