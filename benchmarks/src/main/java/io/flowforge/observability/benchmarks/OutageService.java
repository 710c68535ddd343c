package io.flowforge.observability.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import io.flowforge.observability.testing.TestService;
import io.flowforge.observability.testing.Work;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * The service of {@link Outages}, in a JVM of its own.
 */
public final class OutageService {

	private OutageService() {
	}

	/**
	 * Start the service.
	 * @param arguments the file that takes its port, and its properties
	 * @throws IOException if the file cannot be written
	 */
	public static void main(String[] arguments) throws IOException {
		ConfigurableApplicationContext context = TestService.run(new Class<?>[] { Work.class },
				Arrays.copyOfRange(arguments, 1, arguments.length));
		Files.writeString(Path.of(arguments[0]), context.getEnvironment().getRequiredProperty("local.server.port"));
	}

}
