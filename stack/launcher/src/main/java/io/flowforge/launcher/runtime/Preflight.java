package io.flowforge.launcher.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.flowforge.launcher.StackException;
import io.flowforge.launcher.layout.DataFolder;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.process.Ports;
import io.flowforge.launcher.settings.Setting;
import io.flowforge.launcher.settings.Settings;

/**
 * What must hold before anything is built or started.
 */
final class Preflight {

	private static final long NEEDED_MEGABYTES = 1024;

	private static final long MEGABYTE = 1024 * 1024;

	private final List<String> problems = new ArrayList<>();

	/**
	 * There must be room for what the stack writes.
	 * @param data its folder
	 */
	void checkDisk(DataFolder data) {
		try {
			Files.createDirectories(data.path());
			if (!Files.isWritable(data.path())) {
				this.problems.add(data.path() + " cannot be written: choose another folder with "
						+ Setting.DATA.variable() + "=FOLDER.");
			}
			// Not by the file's store, which cannot be told in a changed root.
			long free = data.path().toFile().getUsableSpace() / MEGABYTE;
			if (free < NEEDED_MEGABYTES) {
				this.problems.add("Only %d MB are free on the disk of %s, and the stack needs %d: make room, or choose "
					.formatted(free, data.path(), NEEDED_MEGABYTES) + "another folder with " + Setting.DATA.variable()
						+ "=FOLDER.");
			}
		}
		catch (IOException ex) {
			this.problems.add("%s cannot be created (%s): choose another folder with %s=FOLDER.".formatted(data.path(),
					ex.getMessage(), Setting.DATA.variable()));
		}
	}

	/**
	 * A file that a setting names must be there.
	 * @param settings the settings
	 * @param folder the folder that the file is in
	 */
	void checkCollectorConfiguration(Settings settings, Path folder) {
		String name = settings.get(Setting.COLLECTOR_CONFIG);
		// The builder's manifest is there, too, and is no configuration.
		if (!Files.isRegularFile(folder.resolve(name)) || name.equals("builder.yaml")) {
			this.problems.add(
					"%s=%s is not a configuration of the Collector: name one in stack/otel-collector, such as tail-sampling.yaml."
						.formatted(Setting.COLLECTOR_CONFIG.variable(), name));
		}
	}

	/**
	 * Nobody else may listen on the ports of parts that are to be started.
	 * @param parts the parts
	 * @param settings the settings
	 * @param containers whether they run in containers
	 */
	void checkPorts(Collection<Part> parts, Settings settings, boolean containers) {
		for (Part part : parts) {
			for (Setting port : part.ports(containers)) {
				int number = settings.port(port);
				if (Ports.isTaken(number)) {
					this.problems.add("Port %d, which %s needs, is taken%s: end that, or choose another with %s=PORT."
						.formatted(number, part.id(),
								Ports.listener(number).map((listener) -> " by " + listener).orElse(""),
								port.variable()));
				}
			}
		}
	}

	/**
	 * Note a problem that a check of another room has found.
	 * @param check the check
	 */
	void check(Runnable check) {
		try {
			check.run();
		}
		catch (StackException ex) {
			this.problems.add(ex.getMessage());
		}
	}

	/**
	 * Give up if anything is wrong.
	 * @throws StackException with a line for each problem
	 */
	void orThrow() {
		if (!this.problems.isEmpty()) {
			throw new StackException(String.join("\n", this.problems));
		}
	}

}
