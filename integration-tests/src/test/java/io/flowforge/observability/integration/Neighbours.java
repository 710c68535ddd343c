package io.flowforge.observability.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.flowforge.observability.testing.JavaRun;

/**
 * The class paths of services that have one library more, or some fewer, than these
 * tests.
 */
final class Neighbours {

	/** What other tests need. Without it a service starts faster. */
	static final String OTHERS = "(spring-boot-)?(starter-)?"
			+ "(kafka|amqp|jdbc|datasource|security|spring-kafka|spring-rabbit|spring-security|qpid).*";

	static final String SERVLET = ".*(webmvc|tomcat|servlet|jersey).*";

	static final String REACTIVE = ".*(webflux|netty).*";

	static final String JERSEY = ".*jersey.*";

	private static final Path JARS = Path.of("target/neighbours");

	private Neighbours() {
	}

	/**
	 * Return the class path of these tests without some libraries.
	 * @param without regular expressions for the names of their files
	 * @return folders and jars
	 */
	static List<Path> classPath(String... without) {
		return JavaRun.classPath()
			.stream()
			.filter((entry) -> Arrays.stream(without).noneMatch(entry.getFileName().toString()::matches))
			.toList();
	}

	/**
	 * Return a class path with a neighbour.
	 * @param classPath the class path without it
	 * @param neighbour the name of its folder in {@code target/neighbours}
	 * @return folders and jars
	 * @throws IOException if the folder cannot be read
	 */
	static List<Path> with(List<Path> classPath, String neighbour) throws IOException {
		return Stream.concat(classPath.stream(), jars(neighbour).stream()).toList();
	}

	static List<Path> jars(String neighbour) throws IOException {
		try (Stream<Path> jars = Files.list(JARS.resolve(neighbour))) {
			return jars.map(Path::toAbsolutePath).toList();
		}
	}

}
