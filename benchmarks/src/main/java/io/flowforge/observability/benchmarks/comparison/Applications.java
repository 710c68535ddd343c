package io.flowforge.observability.benchmarks.comparison;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The applications that Maven has built.
 *
 * @param folder their folder
 * @param java the command that starts a JVM for one, with its options
 * @param classPath what comes before the class path of each
 */
record Applications(Path folder, List<String> java, List<Path> classPath) {

	Applications(Path folder, List<String> java) {
		this(folder, java, List.of());
	}

	/**
	 * Applications that run on a core of their own, with the options of the comparison.
	 * @param folder their folder
	 * @param cores the cores of this machine
	 * @param options more options of their JVM
	 * @return the applications
	 */
	static Applications pinned(Path folder, Cores cores, String... options) {
		return of(folder, cores.prefix(), options);
	}

	/**
	 * The same on all cores, for what is not measured in time that a core takes.
	 * @param folder their folder
	 * @param cores the cores of this machine
	 * @return the applications
	 */
	static Applications onAllCores(Path folder, Cores cores) {
		return of(folder, cores.prefixOfAll());
	}

	private static Applications of(Path folder, List<String> prefix, String... options) {
		List<String> java = new ArrayList<>(prefix);
		java.addAll(List.of(javaProgram(), "-Xms256m", "-Xmx256m", "-XX:+UseSerialGC"));
		java.addAll(List.of(options));
		return new Applications(folder, java);
	}

	/**
	 * The {@code java} that runs this.
	 * @return its path
	 */
	static String javaProgram() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	/**
	 * The same applications with one more option.
	 * @param option an option of the JVM
	 * @return the applications
	 */
	Applications with(String option) {
		return new Applications(this.folder, Stream.concat(this.java.stream(), Stream.of(option)).toList(),
				this.classPath);
	}

	/**
	 * The same applications with something before their class path.
	 * @param jar what comes before it
	 * @return the applications
	 */
	Applications with(Path jar) {
		return new Applications(this.folder, this.java, List.of(jar));
	}

	/**
	 * The class path of a variant.
	 * @param variant the variant
	 * @return folders and jars, as the JVM takes them
	 */
	String classPath(Variant variant) {
		return Stream.concat(this.classPath.stream(), variant.classPath(this.folder).stream())
			.map(Path::toString)
			.collect(Collectors.joining(File.pathSeparator));
	}

	/**
	 * Start an application, and wait for its first response.
	 * @param variant the variant
	 * @param collector where its telemetry goes
	 * @param log the file that takes what it prints
	 * @return the running application
	 * @throws IOException if it does not start
	 */
	ApplicationProcess start(Variant variant, String collector, File log) throws IOException {
		List<String> command = new ArrayList<>(this.java);
		command.addAll(variant.options(this.folder, collector));
		command.addAll(List.of("-cp", classPath(variant)));
		return new ApplicationProcess(command, variant.arguments(collector), log);
	}

}
