package io.flowforge.launcher.runtime;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.flowforge.launcher.build.SpringBootJar;
import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.ServerCommand;

/**
 * How a sample is started as a plain process.
 */
public final class SampleCommand {

	private SampleCommand() {
	}

	/**
	 * A sample with little memory, which is ready soon rather than fast.
	 * @param name what it is called
	 * @param jar its jar
	 * @param folder its working directory
	 * @param address the address it listens at
	 * @param port its port
	 * @param arguments what else it is started with; {@code -D…}, {@code -X…} and
	 * {@code -javaagent:…} are for Java
	 * @return the command
	 */
	public static ServerCommand of(String name, Path jar, Path folder, String address, int port,
			List<String> arguments) {
		List<String> command = new ArrayList<>(
				List.of(Programs.java(), "-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
		// One that is killed leaves the folders of its web server behind.
		command.add("-Djava.io.tmpdir=" + folder);
		arguments.stream().filter(SampleCommand::isForJava).forEach(command::add);
		command.addAll(SpringBootJar.arguments(jar));
		command
			.addAll(List.of("--spring.profiles.active=demo", "--server.address=" + address, "--server.port=" + port));
		arguments.stream().filter((argument) -> !isForJava(argument)).forEach(command::add);
		return new ServerCommand(name, folder, command, Map.of(),
				URI.create("http://127.0.0.1:%d/actuator/health".formatted(port)), List.of());
	}

	private static boolean isForJava(String argument) {
		return argument.startsWith("-D") || argument.startsWith("-X") || argument.startsWith("-javaagent:");
	}

}
