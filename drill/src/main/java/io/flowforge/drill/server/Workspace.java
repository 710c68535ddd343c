package io.flowforge.drill.server;

import java.nio.file.Path;
import java.util.function.Function;

import io.flowforge.launcher.Repository;

/**
 * Where a drill or a test finds what it starts, and where it keeps its files.
 *
 * @param repository the repository
 * @param jars the jar of a sample, by the sample's name
 * @param folder the folder for data and configuration
 * @param logs the folder for what servers print
 * @param bindAddress the address at which samples listen, so that Prometheus and
 * Alertmanager reach them
 */
public record Workspace(Repository repository, Function<String, Path> jars, Path folder, Path logs,
		String bindAddress) {

	private static final String LOOPBACK = "127.0.0.1";

	/**
	 * A workspace with the jars of the last build, for tests.
	 * @param folder the folder for data and configuration
	 * @return the workspace
	 */
	public static Workspace ofBuild(Path folder) {
		Repository repository = Repository.around(Path.of(""));
		return new Workspace(repository, (sample) -> repository.file("samples/%1$s/target/%1$s.jar".formatted(sample)),
				folder, Path.of("target", "logs").toAbsolutePath(), LOOPBACK);
	}

	public Workspace listeningAt(String address) {
		return new Workspace(this.repository, this.jars, this.folder, this.logs, address);
	}

	public Workspace in(Path other) {
		return new Workspace(this.repository, this.jars, other, this.logs, this.bindAddress);
	}

}
