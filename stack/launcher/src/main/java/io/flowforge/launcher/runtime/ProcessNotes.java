package io.flowforge.launcher.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.flowforge.launcher.layout.DataFolder;
import io.flowforge.launcher.process.RunningServer;

/**
 * The processes of a stack, each noted in a file as soon as it runs: a process can be
 * ended also after a crash of the launcher that started it.
 */
final class ProcessNotes {

	private static final String SUFFIX = ".pid";

	private final DataFolder data;

	ProcessNotes(DataFolder data) {
		this.data = data;
	}

	void write(String name, RunningServer server, String fingerprint) {
		DataFolder.write(file(name), "%d %d %s%n".formatted(server.pid(), server.began().toEpochMilli(), fingerprint));
	}

	Optional<Note> read(String name) {
		try {
			if (!Files.exists(file(name))) {
				return Optional.empty();
			}
			String[] words = Files.readString(file(name)).strip().split(" ");
			return Optional.of(new Note(
					new RunningServer(name, Long.parseLong(words[0]), Instant.ofEpochMilli(Long.parseLong(words[1]))),
					words[2]));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A process that was noted and still runs.
	 * @param name its name
	 * @return the process
	 */
	Optional<RunningServer> running(String name) {
		return read(name).map(Note::server).filter(RunningServer::isAlive);
	}

	void delete(String name) {
		DataFolder.delete(file(name));
	}

	List<String> names() {
		if (!Files.isDirectory(this.data.run())) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(this.data.run())) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(SUFFIX))
				.map((name) -> name.substring(0, name.length() - SUFFIX.length()))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path file(String name) {
		return this.data.run().resolve(name + SUFFIX);
	}

	/**
	 * What was noted of a process.
	 *
	 * @param server the process
	 * @param fingerprint of the command that it was started with
	 */
	record Note(RunningServer server, String fingerprint) {
	}

}
