package io.flowforge.launcher.build;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;

/**
 * Zipkin as a jar, which Maven fetches.
 */
final class Zipkin implements StandIn {

	private static final String VERSION = "3.6.1";

	private static final String JAR = "zipkin-server-%s-exec.jar".formatted(VERSION);

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
		return Optional.of(ProgramCache.file(JAR)).filter(Files::exists);
	}

	@Override
	public Optional<String> whyNot() {
		return Optional.empty();
	}

	@Override
	public Path get(Path log) {
		return ProgramCache.make(ProgramCache.file(JAR), title(), (folder) -> {
			int status = Logged.run(this.repository.root(), log,
					List.of(this.repository.root().resolve("mvnw").toString(), "-B", "-ntp", "-q", "-N",
							"dependency:copy", "-Dartifact=io.zipkin:zipkin-server:%s:jar:exec".formatted(VERSION),
							"-DoutputDirectory=" + folder));
			if (status != 0) {
				throw new StackException("Maven could not fetch it; see %s".formatted(log));
			}
			return folder.resolve(JAR);
		});
	}

}
