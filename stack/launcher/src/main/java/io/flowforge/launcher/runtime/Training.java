package io.flowforge.launcher.runtime;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.build.SpringBootJar;
import io.flowforge.launcher.layout.DataFolder;
import io.flowforge.launcher.process.RunningServer;
import io.flowforge.launcher.process.ServerCommand;
import io.flowforge.launcher.process.ServerStarter;

/**
 * Makes class data archives of the jars of a stack, so that its next start takes less: in
 * the background, with what the processor has to spare. It ends with the stack at the
 * latest.
 *
 * @see SpringBootJar
 */
final class Training {

	private static final String NAME = "training";

	private final Repository repository;

	private final DataFolder data;

	Training(Repository repository, DataFolder data) {
		this.repository = repository;
		this.data = data;
	}

	/**
	 * Begin with it, unless it goes on already.
	 * @param jars extracted jars
	 */
	void begin(List<Path> jars) {
		ProcessNotes notes = new ProcessNotes(this.data);
		if (jars.isEmpty() || notes.running(NAME).isPresent()) {
			return;
		}
		List<String> command = new ArrayList<>(
				List.of("nice", "-n", "19", this.repository.file("stack/launch").toString(), "train"));
		jars.forEach((jar) -> command.add(jar.toString()));
		// It is no server: nobody waits for it.
		ServerCommand training = new ServerCommand(NAME, this.repository.root(), command, Map.of(),
				URI.create("about:blank"), List.of());
		RunningServer running = ServerStarter.start(training, this.data.log(NAME));
		notes.write(NAME, running, training.fingerprint());
	}

}
