package io.flowforge.drill.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.build.SpringBootJar;
import io.flowforge.launcher.process.ServerCommand;
import io.flowforge.launcher.process.TemporaryServer;

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

	/** The jars to start, by the executable ones: many instances are started of each. */
	private static final Map<Path, Path> PROGRAMS = new ConcurrentHashMap<>();

	private static final String LOOPBACK = "127.0.0.1";

	/**
	 * When time runs 20 times as fast, a service that other work of the machine holds up
	 * for three seconds is down. Without the right to come first, it only tells so.
	 */
	private static final List<String> BEFORE_OTHER_WORK = List.of("nice", "-n", "-5");

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

	/**
	 * The jar that a sample is started from. The first who asks waits for its training.
	 * @param sample the sample's name
	 * @return its jar, extracted if possible
	 */
	Path program(String sample) {
		return PROGRAMS.computeIfAbsent(this.jars.apply(sample),
				(jar) -> SpringBootJar.extractAndTrain(jar, sample, System.err::println));
	}

	public Workspace listeningAt(String address) {
		return new Workspace(this.repository, this.jars, this.folder, this.logs, address);
	}

	public Workspace in(Path other) {
		return new Workspace(this.repository, this.jars, other, this.logs, this.bindAddress);
	}

	/**
	 * Start a server and wait until it is healthy.
	 * @param command how to start it
	 * @return the server
	 */
	public TemporaryServer start(ServerCommand command) {
		return TemporaryServer.start(first(command), this.logs);
	}

	/**
	 * Start a server and wait until it is ready.
	 * @param command how to start it
	 * @param ready tells whether it is
	 * @return the server
	 */
	public TemporaryServer start(ServerCommand command, BooleanSupplier ready) {
		return TemporaryServer.start(first(command), this.logs, ready);
	}

	private static ServerCommand first(ServerCommand command) {
		List<String> first = new ArrayList<>(BEFORE_OTHER_WORK);
		first.addAll(command.command());
		return new ServerCommand(command.name(), command.folder(), first, command.environment(), command.health(),
				command.configuration());
	}

}
