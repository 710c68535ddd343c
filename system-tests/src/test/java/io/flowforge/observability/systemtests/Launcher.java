package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The scripts in {@code stack/}, with a data folder and ports of their own: a stack that
 * a person has running at the same time is neither seen nor disturbed.
 */
final class Launcher implements AutoCloseable {

	private static final List<String> PORTS = List.of("FLOWFORGE_ORDERS_PORT", "FLOWFORGE_INVENTORY_PORT",
			"FLOWFORGE_INBOX_PORT", "FLOWFORGE_SMTP_PORT", "FLOWFORGE_PROMETHEUS_PORT", "FLOWFORGE_ALERTMANAGER_PORT",
			"FLOWFORGE_OTLP_GRPC_PORT", "FLOWFORGE_OTLP_HTTP_PORT", "FLOWFORGE_COLLECTOR_PORT",
			"FLOWFORGE_COLLECTOR_HEALTH_PORT", "FLOWFORGE_LOKI_PORT", "FLOWFORGE_LOKI_GRPC_PORT",
			"FLOWFORGE_TEMPO_PORT", "FLOWFORGE_TEMPO_GRPC_PORT", "FLOWFORGE_TEMPO_OTLP_PORT", "FLOWFORGE_GRAFANA_PORT",
			"FLOWFORGE_ALERTMANAGER_2_PORT", "FLOWFORGE_CLUSTER_PORT", "FLOWFORGE_CLUSTER_2_PORT");

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
		Iterator<Integer> free = Stream.generate(Server::freePort).distinct().iterator();
		PORTS.forEach((variable) -> set(variable, free.next().toString()));
		Runtime.getRuntime().addShutdownHook(this.lastResort);
	}

	/**
	 * Skip the test where a stack of processes cannot be had. (As root, the launcher
	 * would install what is missing, which is not for a test to do.)
	 */
	static void requireBackends() {
		Program.require("prometheus");
		Program.require("promtool");
		Program.require("prometheus-alertmanager", "alertmanager");
		Program.require("amtool");
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
				executable(folder.resolve(name), "exec '%s' \"$@\"\n".formatted(Program.require(name)));
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
	 * Copy what the launcher needs, so that it can be damaged. In place of the jars there
	 * are files that no Java can run.
	 * @param target where to
	 * @return the target
	 */
	static Path copyOfRepository(Path target) {
		Path root = Repository.file("");
		try {
			for (String folder : List.of("stack", "alertmanager", "prometheus-rules")) {
				copy(root.resolve(folder), target.resolve(folder));
			}
			for (String sample : List.of("orders-service", "inventory-service", "alert-inbox")) {
				Path jar = target.resolve("samples/%s/target/%s.jar".formatted(sample, sample));
				Files.createDirectories(jar.getParent());
				Files.writeString(jar, "half a download");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return target;
	}

	private static void copy(Path source, Path target) throws IOException {
		Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES);
		if (Files.isDirectory(source)) {
			try (Stream<Path> files = Files.list(source)) {
				for (Path file : files.filter((path) -> !path.endsWith(".data")).toList()) {
					copy(file, target.resolve(file.getFileName()));
				}
			}
		}
	}

	void set(String variable, String value) {
		this.environment.put(variable, value);
	}

	int port(String variable) {
		return Integer.parseInt(this.environment.get(variable));
	}

	/**
	 * Run a script to its end.
	 * @param script its name
	 * @param arguments what it is given
	 * @return how it ended
	 */
	Program.Result run(String script, String... arguments) {
		String[] command = Stream.concat(Stream.of(script(script)), Stream.of(arguments)).toArray(String[]::new);
		return Program.run(this.root, this.environment, "", command);
	}

	/**
	 * Start a script and leave it running.
	 * @param script its name
	 * @param output where to write what it prints
	 * @return its process
	 */
	Process start(String script, Path output) {
		try {
			ProcessBuilder builder = new ProcessBuilder(script(script)).directory(this.root.toFile())
				.redirectErrorStream(true)
				.redirectOutput(output.toFile());
			builder.environment().putAll(this.environment);
			return builder.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String script(String name) {
		return this.root.resolve("stack").resolve(name).toString();
	}

	/**
	 * The parts that the launcher has noted, each in a file.
	 * @return by name, its process
	 */
	Map<String, ProcessHandle> noted() {
		Map<String, ProcessHandle> noted = new TreeMap<>();
		for (Path file : files("run/.*[.]pid")) {
			pid(file).flatMap(ProcessHandle::of)
				.ifPresent((process) -> noted.put(file.getFileName().toString().replace(".pid", ""), process));
		}
		return noted;
	}

	private static Optional<Long> pid(Path file) {
		try {
			// Empty for a moment while it is being written.
			return Files.readString(file).lines().map((line) -> Long.valueOf(line.split(" ", 2)[0])).findFirst();
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
		return processes().map((process) -> process.info().commandLine().orElseThrow()).toList();
	}

	private Stream<ProcessHandle> processes() {
		String ports = String.join("|", PORTS.stream().map(this.environment::get).toList());
		Pattern own = Pattern.compile("[=:](%s)(?![0-9])".formatted(ports));
		return ProcessHandle.allProcesses()
			.filter((process) -> process.info().commandLine().filter((line) -> own.matcher(line).find()).isPresent());
	}

	/**
	 * The files by which the launcher knows of a stack, none of which may outlive it.
	 * @return files
	 */
	List<Path> notes() {
		return files("settings|run/.*");
	}

	private List<Path> files(String pattern) {
		if (!Files.exists(this.data)) {
			return List.of();
		}
		try (Stream<Path> files = Files.walk(this.data, 2)) {
			return files.filter((file) -> this.data.relativize(file).toString().matches(pattern)).toList();
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
		Waiting.until("the end of everything", Duration.ofSeconds(10),
				() -> Optional.of(true).filter((yes) -> running().isEmpty()), Waiting.SILENTLY);
	}

	private void kill() {
		noted().values().forEach(ProcessHandle::destroyForcibly);
		processes().forEach(ProcessHandle::destroyForcibly);
	}

}
