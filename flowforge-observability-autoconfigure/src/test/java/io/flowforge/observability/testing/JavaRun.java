package io.flowforge.observability.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.util.FileSystemUtils;

/**
 * What a program that ends by itself printed, run as {@code java -jar} on the class path
 * of the test.
 *
 * @param lines what it printed
 * @param times when each line came
 * @param exit when it had ended
 * @param status its exit status
 */
public record JavaRun(List<String> lines, List<Instant> times, Instant exit, int status) {

	private static final Pattern LINE = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT.*? : (.+)");

	/**
	 * Run a program, for four minutes at most: with an agent, and beside other tests on
	 * two cores, a start alone can take one.
	 * @param main the class with its main method
	 * @param variables environment variables to add
	 * @param arguments its system properties ({@code -Dname=value}) and arguments
	 * @return what it printed
	 * @throws IOException if it cannot be run
	 * @throws InterruptedException if nobody waits for it any more
	 */
	public static JavaRun of(Class<?> main, Map<String, String> variables, String... arguments)
			throws IOException, InterruptedException {
		return of(classPath(), main, variables, arguments);
	}

	/**
	 * Run a program whose class path lacks some libraries.
	 * @param libraries what the names of their files start with
	 * @param main the class with its main method
	 * @param variables environment variables to add
	 * @param arguments its system properties ({@code -Dname=value}) and arguments
	 * @return what it printed
	 * @throws IOException if it cannot be run
	 * @throws InterruptedException if nobody waits for it any more
	 */
	public static JavaRun without(List<String> libraries, Class<?> main, Map<String, String> variables,
			String... arguments) throws IOException, InterruptedException {
		List<Path> classPath = classPath().stream()
			.filter((entry) -> libraries.stream().noneMatch(entry.getFileName().toString()::startsWith))
			.toList();
		return of(classPath, main, variables, arguments);
	}

	/**
	 * Run a program on a class path of its own, for four minutes at most: with an agent,
	 * and beside other tests on two cores, a start alone can take one.
	 * @param classPath folders and jars
	 * @param main the class with its main method
	 * @param variables environment variables to add
	 * @param arguments its options ({@code -Dname=value}, {@code -javaagent:jar}) and
	 * arguments
	 * @return what it printed
	 * @throws IOException if it cannot be run
	 * @throws InterruptedException if nobody waits for it any more
	 */
	public static JavaRun of(List<Path> classPath, Class<?> main, Map<String, String> variables, String... arguments)
			throws IOException, InterruptedException {
		Path folder = Files.createTempDirectory(main.getSimpleName());
		try {
			Path jar = folder.resolve("program.jar");
			write(jar, classPath, main);
			ProcessBuilder builder = new ProcessBuilder(command(jar, arguments)).redirectErrorStream(true);
			builder.environment().putAll(variables);
			return watch(builder.start());
		}
		finally {
			FileSystemUtils.deleteRecursively(folder);
		}
	}

	/**
	 * The class path of the test.
	 * @return folders and jars
	 */
	public static List<Path> classPath() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of).toList();
	}

	/**
	 * The class path of the test without some libraries.
	 * @param libraries a regular expression for the names of their jars, without versions
	 * @return folders and jars
	 */
	public static List<Path> classPathWithout(String libraries) {
		Pattern jars = Pattern.compile("(%s)-\\d.*\\.jar".formatted(libraries));
		return classPath().stream().filter((entry) -> !jars.matcher(entry.getFileName().toString()).matches()).toList();
	}

	private static void write(Path jar, List<Path> classPath, Class<?> main) throws IOException {
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
		manifest.getMainAttributes()
			.put(Attributes.Name.CLASS_PATH,
					classPath.stream().map((entry) -> entry.toUri().toString()).collect(Collectors.joining(" ")));
		new JarOutputStream(Files.newOutputStream(jar), manifest).close();
	}

	private static List<String> command(Path jar, String... arguments) {
		// The first two save the time of compilers that would not pay off.
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC"));
		// A process that is halted leaves the folders of its web server behind.
		command.add("-Djava.io.tmpdir=" + jar.getParent());
		Arrays.stream(arguments).filter(JavaRun::isOption).forEach(command::add);
		command.addAll(List.of("-jar", jar.toString()));
		Arrays.stream(arguments).filter((argument) -> !isOption(argument)).forEach(command::add);
		return command;
	}

	private static boolean isOption(String argument) {
		return argument.startsWith("-D") || argument.startsWith("-javaagent:");
	}

	private static JavaRun watch(Process process) throws IOException, InterruptedException {
		CompletableFuture.delayedExecutor(4, TimeUnit.MINUTES).execute(process::destroyForcibly);
		List<String> lines = new ArrayList<>();
		List<Instant> times = new ArrayList<>();
		try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				lines.add(line);
				times.add(Instant.now());
			}
			int status = process.waitFor();
			return new JavaRun(lines, times, Instant.now(), status);
		}
		finally {
			process.destroyForcibly();
		}
	}

	/**
	 * Find a line.
	 * @param text what is in it
	 * @return the first such line
	 */
	public String line(String text) {
		return this.lines.stream().filter((line) -> line.contains(text)).findFirst().orElseThrow();
	}

	/**
	 * What it logged.
	 * @return the messages, of those with many lines the first if it is not empty
	 */
	public List<String> messages() {
		return this.lines.stream().map(LINE::matcher).filter(Matcher::matches).map((line) -> line.group(1)).toList();
	}

	/**
	 * How long it went on.
	 * @param text what is in the line from which on
	 * @return the time until its exit
	 */
	public Duration exitAfter(String text) {
		return Duration.between(this.times.get(this.lines.indexOf(line(text))), this.exit);
	}

}
