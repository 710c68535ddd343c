package io.flowforge.launcher.config;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.flowforge.launcher.process.Programs;

/**
 * Runs the tools that check configurations: {@code promtool} and {@code amtool}.
 */
@FunctionalInterface
public interface Checker {

	/**
	 * The tools that are on the PATH.
	 */
	Checker ON_PATH = (folder, tool, arguments) -> Programs.run(folder,
			Stream.concat(Stream.of(tool), arguments.stream()).toArray(String[]::new));

	/**
	 * Run a tool to its end.
	 * @param folder its working directory
	 * @param tool its name
	 * @param arguments its arguments
	 * @return how it ended
	 */
	Programs.Result run(Path folder, String tool, List<String> arguments);

}
