package io.flowforge.launcher.build;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;

/**
 * Zipkin as a jar, which Maven fetches, extracted.
 */
final class Zipkin implements StandIn {

	private static final String VERSION = "3.6.1";

	private static final String NAME = "zipkin-server-" + VERSION;

	private final Repository repository;

	Zipkin(Repository repository) {
		this.repository = repository;
	}

	@Override
	public String title() {
		return "Zipkin " + VERSION;
	}

	@Override
	public Optional<Path> find() {
		return Optional.of(folder().resolve(NAME + ".jar")).filter(Files::exists);
	}

	private static Path folder() {
		return ProgramCache.file(NAME);
	}

	@Override
	public Optional<String> whyNot() {
		return Optional.empty();
	}

	@Override
	public Path get(Path log) {
		return ProgramCache.make(folder(), title(), (folder) -> {
			int status = Logged.run(this.repository.root(), log,
					List.of(this.repository.root().resolve("mvnw").toString(), "-B", "-ntp", "-q", "-N",
							"dependency:copy", "-Dartifact=io.zipkin:zipkin-server:%s:jar:exec".formatted(VERSION),
							"-DoutputDirectory=" + folder));
			if (status != 0) {
				throw new StackException("Maven could not fetch it; see %s".formatted(log));
			}
			return SpringBootJar.extract(folder.resolve(NAME + "-exec.jar"), folder.resolve("out"), NAME);
		}).resolve(NAME + ".jar");
	}

}
