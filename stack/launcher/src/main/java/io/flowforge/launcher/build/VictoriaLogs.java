package io.flowforge.launcher.build;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.process.Programs;

/**
 * VictoriaLogs: {@code victoria-logs} from the PATH, else one that is built with Go.
 */
final class VictoriaLogs implements StandIn {

	private static final String VERSION = "1.52.2";

	private static final String PROGRAM = "victoria-logs";

	private final Repository repository;

	VictoriaLogs(Repository repository) {
		this.repository = repository;
	}

	@Override
	public String title() {
		return "VictoriaLogs " + VERSION;
	}

	@Override
	public Optional<Path> find() {
		return Programs.find(PROGRAM).or(() -> Optional.of(file()).filter(Files::isExecutable));
	}

	private static Path file() {
		return ProgramCache.file(PROGRAM + "-" + VERSION);
	}

	@Override
	public Optional<String> whyNot() {
		return Programs.find("go").isPresent() ? Optional.empty()
				: Optional.of("it is built with Go, which is not on the PATH");
	}

	@Override
	public Path get(Path log) {
		return ProgramCache.make(file(), title(), (folder) -> {
			int status = Logged.run(this.repository.root(), log, List.of("env", "GOBIN=" + folder, "go", "install",
					"github.com/VictoriaMetrics/VictoriaLogs/app/%s@v%s".formatted(PROGRAM, VERSION)));
			if (status != 0) {
				throw new StackException("Go could not build it; see %s".formatted(log));
			}
			return folder.resolve(PROGRAM);
		});
	}

}
