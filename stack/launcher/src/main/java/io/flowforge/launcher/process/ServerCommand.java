package io.flowforge.launcher.process;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a server is started as a plain process.
 *
 * @param name what it is called in messages, and the name of its log
 * @param folder its working directory
 * @param command the program and its arguments
 * @param environment variables besides those of this process
 * @param health the address that answers with a status of 2xx once the server is ready
 * @param configuration files that it reads only when it starts: with other contents, it
 * has to be restarted
 */
public record ServerCommand(String name, Path folder, List<String> command, Map<String, String> environment, URI health,
		List<Path> configuration) {

	public ServerCommand {
		command = List.copyOf(command);
		environment = Map.copyOf(environment);
		configuration = List.copyOf(configuration);
	}

	/**
	 * The same command under another name.
	 * @param name the name
	 * @return the command
	 */
	public ServerCommand named(String name) {
		return new ServerCommand(name, this.folder, this.command, this.environment, this.health, this.configuration);
	}

	/**
	 * A value that is the same as long as starting the server again would change nothing.
	 * @return a checksum of the command, its environment and its configuration
	 */
	public String fingerprint() {
		Checksum checksum = new Checksum();
		this.command.forEach(checksum::add);
		new TreeMap<>(this.environment).forEach((name, value) -> checksum.add(name).add(value));
		this.configuration.forEach(checksum::addFile);
		return checksum.value();
	}

}
