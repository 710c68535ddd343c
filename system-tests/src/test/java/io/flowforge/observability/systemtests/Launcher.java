package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.process.Ports;
import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.RequiredPrograms;
import io.flowforge.launcher.runtime.Prometheus;
import io.flowforge.launcher.settings.Setting;

/**
 * {@code stack/launch}, with a data folder and ports of its own: a stack that a person
 * has running at the same time is neither seen nor disturbed.
 */
final class Launcher implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	private static final List<Setting> PORTS = Arrays.stream(Setting.values())
		.filter((setting) -> setting.name().endsWith("_PORT"))
		.toList();

	/**
	 * A shell that runs the tests in the background may have them ignore a Ctrl-C, and
	 * each process inherits that. GNU's {@code env} undoes it.
	 */
	private static final List<String> DEFAULT_SIGNALS = defaultSignals();

	private final Path root;

	private final Path data;

	private final Map<String, String> environment = new TreeMap<>();

	private final Thread lastResort = new Thread(this::kill);

	/**
	 * Prepare to launch.
	 * @param root the repository, or a copy of it
	 * @param data where the stack keeps what it needs
	 */
	Launcher(Path root, Path data) {
		this.root = root;
		this.data = data;
		// What a person has set is not for these tests.
		System.getenv()
			.keySet()
			.stream()
			.filter((name) -> name.startsWith("FLOWFORGE_") || name.startsWith("COLLECTOR_"))
			.forEach((name) -> set(name, ""));
		set("FLOWFORGE_RUNTIME", "processes");
		set("FLOWFORGE_DATA", data.toString());
		set("JAVA_HOME", System.getProperty("java.home"));
		// As on a machine without a locale.
		set("LC_ALL", "C");
		PORTS.forEach((port) -> set(port.variable(), Integer.toString(Ports.free())));
		Runtime.getRuntime().addShutdownHook(this.lastResort);
	}

	private static List<String> defaultSignals() {
		List<String> env = List.of("env", "--default-signal=INT");
		return Programs.run(repository(), "env", "--default-signal=INT", "true").isSuccess() ? env : List.of();
	}

	static Path repository() {
		return Repository.around(Path.of("")).root();
	}

	/**
	 * Skip the test where a stack of processes cannot be had. (As root, the launcher
	 * would install what is missing, which is not for a test to do.)
	 */
	static void requireBackends() {
		RequiredPrograms.require("prometheus");
		RequiredPrograms.require("promtool");
		RequiredPrograms.require("prometheus-alertmanager", "alertmanager");
		RequiredPrograms.require("amtool");
	}

	/**
	 * A machine that has a few programs and no others.
	 * @param folder where to put them
	 * @param names the programs
	 * @return the PATH
	 */
	static String pathOf(Path folder, String... names) {
		try {
			Files.createDirectories(folder);
			for (String name : names) {
				executable(folder.resolve(name), "exec '%s' \"$@\"\n".formatted(RequiredPrograms.require(name)));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return folder.toString();
	}

	/**
	 * Write a shell script.
	 * @param file where to
	 * @param commands what it does
	 */
	static void executable(Path file, String commands) {
		try {
			Files.writeString(file, "#!/bin/sh\n" + commands);
			Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Copy what the launcher needs, so that it can be changed. Nothing can be built
	 * there: a launcher that wants to build fails.
	 * @param target where to
	 * @return the target
	 */
	static Path copyOfRepository(Path target) {
		Path root = repository();
		try {
			for (String folder : List.of("stack", "alertmanager", "prometheus-rules", "grafana")) {
				copy(root.resolve(folder), target.resolve(folder), (file) -> !file.toString().contains("/target/"));
			}
			copy(root.resolve("docs"), target.resolve("docs"), (file) -> file.toString().contains("/docs/how-to/"));
			for (String folder : List.of("stack/launcher", "samples/orders-service", "samples/inventory-service",
					"samples/alert-inbox")) {
				copy(root.resolve(folder).resolve("target"), target.resolve(folder).resolve("target"),
						(file) -> file.toString().matches(".*/target/[^/]*[.]jar([.]original)?"));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return target;
	}

	// With their times, those of folders as well: by these the launcher sees whether it
	// has to build.
	private static void copy(Path source, Path target, Predicate<Path> wanted) throws IOException {
		try (Stream<Path> files = Files.walk(source)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Path copy = target.resolve(source.relativize(file));
				if (Files.isDirectory(file)) {
					if (Files.isDirectory(copy)) {
						Files.setLastModifiedTime(copy, Files.getLastModifiedTime(file));
					}
				}
				else if (wanted.test(file) && !source.relativize(file).startsWith(".data")) {
					Files.createDirectories(copy.getParent());
					Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
				}
			}
		}
	}

	/**
	 * A jar that Java cannot run.
	 * @param jar where to write it
	 */
	static void emptyJar(Path jar) {
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
			out.finish();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void set(String variable, String value) {
		this.environment.put(variable, value);
	}

	/**
	 * Leave out what only shows and stores telemetry.
	 */
	void withAlertingOnly() {
		set("FLOWFORGE_PROFILE", "slim");
		set("FLOWFORGE_COLLECTOR", "no");
	}

	int port(String variable) {
		return Integer.parseInt(this.environment.get(variable));
	}

	/**
	 * The address at which a part answers.
	 * @param part the part
	 * @param path the path of a page
	 * @return its address
	 */
	URI address(Part part, String path) {
		return URI.create("http://localhost:%d%s".formatted(port(part.port().variable()), path));
	}

	Prometheus prometheus() {
		return new Prometheus(address(Part.PROMETHEUS, ""));
	}

	/**
	 * Run a command to its end.
	 * @param arguments the command and its arguments
	 * @return how it ended
	 */
	Programs.Result run(String... arguments) {
		return Programs.run(this.root, this.environment, "", TIMEOUT, command(arguments));
	}

	/**
	 * Start a command and leave it running.
	 * @param output where to write what it prints
	 * @param arguments the command and its arguments
	 * @return its process
	 */
	Process start(Path output, String... arguments) {
		try {
			List<String> command = new ArrayList<>(DEFAULT_SIGNALS);
			command.addAll(command(arguments));
			ProcessBuilder builder = new ProcessBuilder(command).directory(this.root.toFile())
				.redirectErrorStream(true)
				.redirectOutput(output.toFile());
			builder.environment().putAll(this.environment);
			return builder.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private List<String> command(String... arguments) {
		List<String> command = new ArrayList<>(List.of(this.root.resolve("stack/launch").toString()));
		command.addAll(List.of(arguments));
		return command;
	}

	/**
	 * The parts that the launcher has noted, each in a file. (What it notes besides are
	 * no parts, and end by themselves.)
	 * @return by name, its process
	 */
	Map<String, ProcessHandle> noted() {
		Map<String, ProcessHandle> noted = new TreeMap<>();
		for (Part part : Part.values()) {
			files("run/%s[.]pid".formatted(part.id()))
				.forEach((file) -> ProcessHandle.of(pid(file)).ifPresent((process) -> noted.put(part.id(), process)));
		}
		return noted;
	}

	private static long pid(Path file) {
		try {
			return Long.parseLong(Files.readString(file).split(" ", 2)[0]);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What runs of this stack, noted or not: every part but Loki, Tempo and the
	 * Collector, which have theirs from the environment, has a port of its own among its
	 * arguments. (A process that has ended, but whose status nobody has asked for, has no
	 * arguments any more.)
	 * @return command lines
	 */
	List<String> running() {
		// One that ends between the two questions has none the second time.
		return processes().flatMap((process) -> process.info().commandLine().stream()).toList();
	}

	/**
	 * Whether no process is between its start and the note of it.
	 * @return whether each process of this stack is noted
	 */
	boolean everyProcessIsNoted() {
		return noted().values().containsAll(processes().toList());
	}

	private Stream<ProcessHandle> processes() {
		String ports = String.join("|", PORTS.stream().map((port) -> this.environment.get(port.variable())).toList());
		Pattern own = Pattern.compile("[=:](%s)(?![0-9])".formatted(ports));
		return ProcessHandle.allProcesses()
			.filter((process) -> process.info().commandLine().filter((line) -> own.matcher(line).find()).isPresent());
	}

	/**
	 * The files by which the launcher knows of a stack, none of which may outlive it.
	 * @return files
	 */
	List<Path> notes() {
		return files("state[.]json|run/.*[.]pid.*");
	}

	// A launcher that runs meanwhile removes folders beside these two.
	private List<Path> files(String pattern) {
		return Stream.of(this.data, this.data.resolve("run"))
			.filter(Files::isDirectory)
			.flatMap((folder) -> list(folder).stream())
			.filter((file) -> this.data.relativize(file).toString().matches(pattern))
			.toList();
	}

	private static List<Path> list(Path folder) {
		try (Stream<Path> files = Files.list(folder)) {
			return files.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * End what a failed test has left behind.
	 */
	@Override
	public void close() {
		kill();
		Runtime.getRuntime().removeShutdownHook(this.lastResort);
		Waiting.until("Something of this stack still runs", Duration.ofSeconds(10), () -> running().isEmpty());
	}

	private void kill() {
		noted().values().forEach(ProcessHandle::destroyForcibly);
		processes().forEach(ProcessHandle::destroyForcibly);
	}

}
