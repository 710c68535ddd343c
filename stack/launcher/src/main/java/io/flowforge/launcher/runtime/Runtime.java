package io.flowforge.launcher.runtime;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.process.Programs;

/**
 * How the parts of a stack run.
 */
public interface Runtime {

	/**
	 * Start parts that do not run, and replace those that would be started differently by
	 * now. They need not be ready when this returns.
	 * @param parts the parts, in the order in which they need each other
	 */
	void start(List<Part> parts);

	/**
	 * Whether a part would have to be replaced to run as it would be started now.
	 * @param part a part that runs
	 * @return whether starting it again would change something
	 */
	boolean isOutdated(Part part);

	/**
	 * Ask parts to end; each gets ten seconds before it is killed.
	 * @param parts the parts
	 */
	void stop(Collection<Part> parts);

	boolean isAlive(Part part);

	/**
	 * Have a part read its configuration again.
	 * @param part the part
	 */
	void reload(Part part);

	/**
	 * The end of what a part printed.
	 * @param part the part
	 * @return a few lines
	 */
	String lastWords(Part part);

	/**
	 * Which process or container each part is, and how much memory it takes.
	 * @param parts the parts
	 * @return by part, what is known; parts that do not run are left out
	 */
	Map<Part, Instance> instances(Collection<Part> parts);

	/**
	 * Run a tool that checks a configuration.
	 * @param part whose configuration it is
	 * @param folder the folder with the configuration
	 * @param command the tool and its arguments
	 * @return how it ended
	 */
	Programs.Result check(Part part, Path folder, List<String> command);

	/**
	 * End everything, and remove what only served to run it.
	 * @return whether anything ran
	 */
	boolean end();

	/**
	 * A part as it runs.
	 *
	 * @param id such as {@code pid 4711}
	 * @param memory such as {@code 120 MB}; empty if it is not known
	 */
	record Instance(String id, String memory) {
	}

}
