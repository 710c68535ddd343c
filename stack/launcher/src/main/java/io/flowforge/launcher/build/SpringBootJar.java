package io.flowforge.launcher.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.flowforge.launcher.StackException;
import io.flowforge.launcher.layout.DataFolder;
import io.flowforge.launcher.process.Checksum;
import io.flowforge.launcher.process.Programs;

/**
 * Starts executable jars of Spring Boot with less work: extracted, since nested jars are
 * read slowly, and with a class data archive, which holds the classes as a training run
 * has left them. Both are in a cache, for all stacks, drills and tests of this user.
 * <p>
 * inventory-service on two cores, in seconds of CPU until it is healthy: 6.1 as the
 * executable jar, 5.0 extracted, 3.3 with the archive. Extracting it costs 0.7, which the
 * first start brings back; training costs 7.5, which the fifth does. Tests and the drill
 * start a jar dozens of times, and so train it before the first. A stack starts it once:
 * it is trained in the background as soon as the stack is up, and only later starts have
 * the archive. Nothing is trained by the build, of which most jars are never started.
 */
public final class SpringBootJar {

	private static final Duration EXTRACTION_TIMEOUT = Duration.ofMinutes(1);

	/** Long, since in the background it gets what others leave. */
	private static final Duration TRAINING_TIMEOUT = Duration.ofMinutes(5);

	/** The samples of two builds. */
	private static final int KEPT = 6;

	/** Who was started that recently may be started again from the same folder. */
	private static final Duration RECENTLY = Duration.ofHours(1);

	/** An archive is good for the one Java that has made it. */
	private static final String JVM = new Checksum().add(Programs.java())
		.add(System.getProperty("java.vm.name"))
		.add(System.getProperty("java.vm.version"))
		.value();

	private static final List<String> LITTLE_MEMORY = List.of("-Xmx320m", "-XX:+UseSerialGC",
			"-XX:TieredStopAtLevel=1");

	/**
	 * All beans, but no server, no thread of theirs, and nobody to send anything to.
	 */
	private static final List<String> TRAINING = List.of("--spring.datasource.url=jdbc:h2:mem:training",
			"--management.tracing.export.otlp.enabled=false", "--management.logging.export.otlp.enabled=false");

	private SpringBootJar() {
	}

	/**
	 * Extract a jar, unless that has been done, and remove what nobody has used for long.
	 * @param jar the executable jar
	 * @param name a name that no jar with other contents has
	 * @param complaints gets a sentence if the jar cannot be extracted
	 * @return the jar to start: the extracted one, or the executable one if there is none
	 */
	public static Path extract(Path jar, String name, Consumer<String> complaints) {
		Path extracted = extracted(name);
		try {
			if (!Files.exists(extracted)) {
				ProgramCache.make(extracted.getParent(), name, (work) -> extract(jar, work.resolve("out"), name));
				removeOthers(extracted.getParent());
			}
			prepareOptions(extracted);
		}
		catch (StackException | UncheckedIOException ex) {
			// If somebody else was faster, it is there all the same.
			if (!Files.exists(options(extracted))) {
				complaints.accept("%s is started as it is, which takes longer: %s".formatted(name, ex.getMessage()));
				return jar;
			}
		}
		return extracted;
	}

	/**
	 * Extract a jar into a folder.
	 * @param jar the executable jar
	 * @param folder the folder, which is not there yet
	 * @param name the name of the jar that is started, without its ending
	 * @return the folder
	 */
	static Path extract(Path jar, Path folder, String name) {
		run(folder.getParent(), EXTRACTION_TIMEOUT, List.of("-Djarmode=tools", "-jar", jar.toString(), "extract",
				"--destination", folder.toString(), "--application-filename", name + ".jar"));
		Path extracted = folder.resolve(name + ".jar");
		if (!Files.exists(extracted)) {
			throw new StackException("There is no %s in it.".formatted(extracted.getFileName()));
		}
		prepareOptions(extracted);
		return folder;
	}

	/**
	 * Where a jar is once it has been extracted.
	 * @param name its name
	 * @return the jar that is started
	 */
	static Path extracted(String name) {
		return ProgramCache.file("jars").resolve(name).resolve(name + ".jar");
	}

	/**
	 * Extract and train a jar that will be started often.
	 * @param jar the executable jar
	 * @param name its name
	 * @param complaints gets a sentence for what cannot be done
	 * @return the jar to start
	 */
	public static Path extractAndTrain(Path jar, String name, Consumer<String> complaints) {
		Path extracted = extract(jar, "%s-%s".formatted(name, new Checksum().addFile(jar).value()), complaints);
		try {
			train(extracted);
		}
		catch (StackException ex) {
			complaints.accept("%s is started without a class data archive, which takes longer: %s".formatted(name,
					ex.getMessage()));
		}
		return extracted;
	}

	/**
	 * Whether a jar could be started with less work.
	 * @param jar the jar that is started
	 * @return whether it is extracted but has no class data archive
	 */
	public static boolean canBeTrained(Path jar) {
		// They are written last: an archive without them is of no use.
		return Files.exists(options(jar)) && options(jar).toFile().length() == 0;
	}

	/**
	 * Make the class data archive of an extracted jar, unless there is one or another
	 * process is making it. The jar must stay where it is: Java 17 uses an archive only
	 * for the very files that it was made from.
	 * @param jar the jar that is started
	 * @throws StackException if it cannot be made
	 */
	public static void train(Path jar) {
		if (!canBeTrained(jar)) {
			return;
		}
		try (FileChannel file = FileChannel.open(jar.resolveSibling("training.lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE); FileLock lock = file.tryLock()) {
			if (lock != null && canBeTrained(jar)) {
				makeArchive(jar);
			}
		}
		catch (IOException ex) {
			throw new StackException("The cache cannot be written: %s".formatted(ex.getMessage()), ex);
		}
	}

	private static void makeArchive(Path jar) {
		ProgramCache.make(archive(jar), "The class data archive of " + jar.getFileName(), (work) -> {
			Path archive = work.resolve("classes.jsa");
			List<String> arguments = new ArrayList<>(List.of("-XX:ArchiveClassesAtExit=" + archive,
					"-Dspring.context.exit=onRefresh", "-Djava.io.tmpdir=" + work, "-jar", jar.toString()));
			arguments.addAll(TRAINING);
			run(work, TRAINING_TIMEOUT, arguments);
			return archive;
		});
		DataFolder.write(options(jar),
				// No archive is better than a warning about one.
				"\"-XX:SharedArchiveFile=%s\" -Xlog:cds*=off%n".formatted(archive(jar)));
	}

	/**
	 * How Java starts a jar. That is the same before it was trained and afterwards: to be
	 * trained is no reason to be started again.
	 * @param jar the jar that is started
	 * @return arguments of Java
	 */
	public static List<String> arguments(Path jar) {
		List<String> arguments = new ArrayList<>(List.of("-jar", jar.toString()));
		if (Files.exists(options(jar))) {
			arguments.add(0, "@" + options(jar));
		}
		return arguments;
	}

	private static Path archive(Path jar) {
		return jar.resolveSibling("classes-%s.jsa".formatted(JVM));
	}

	// For Java, which reads them when it starts.
	private static Path options(Path jar) {
		return jar.resolveSibling("java-%s.options".formatted(JVM));
	}

	private static void prepareOptions(Path jar) {
		try {
			if (!Files.exists(options(jar))) {
				DataFolder.write(options(jar), "");
			}
			Files.setLastModifiedTime(jar.getParent(), FileTime.from(Instant.now()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// Without the variables of a person, which may say where telemetry goes.
	private static void run(Path folder, Duration timeout, List<String> arguments) {
		List<String> command = new ArrayList<>(List.of("env", "-i", Programs.java()));
		command.addAll(LITTLE_MEMORY);
		command.addAll(arguments);
		Programs.Result result = Programs.run(folder, Map.of(), "", timeout, command);
		if (!result.isSuccess()) {
			throw new StackException(result.output()
				.lines()
				.filter((line) -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
				.reduce("Exit status %d.".formatted(result.status()), (before, line) -> line));
		}
	}

	// A stack may have run from one of them for days.
	private static synchronized void removeOthers(Path folder) {
		try (Stream<Path> folders = Files.list(folder.getParent())) {
			folders.sorted(Comparator.comparing(SpringBootJar::usedAt).reversed())
				.skip(KEPT)
				.filter((other) -> usedAt(other).isBefore(Instant.now().minus(RECENTLY)))
				.filter((other) -> ProcessHandle.allProcesses()
					.noneMatch((process) -> process.info().commandLine().orElse("").contains(other + "/")))
				.toList()
				.forEach(DataFolder::delete);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Instant usedAt(Path folder) {
		try {
			return Files.getLastModifiedTime(folder).toInstant();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
