package io.flowforge.observability.integration;

import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * A service that changes a file that Spring Boot's devtools watch, so that they restart
 * it in the same JVM. It sends a request to itself after either start, and after the
 * second it prints what there is and ends.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(NeighbourService.Controller.class)
public class RestartedService {

	/** The folder that is watched. */
	static final String FOLDER = "restarted.folder";

	// Of the JVM, for each start has classes of its own.
	private static final String STARTED = "restarted.started";

	/**
	 * Run the service.
	 * @param arguments its properties
	 * @throws Exception if it cannot send requests
	 */
	@SuppressWarnings("resource")
	public static void main(String[] arguments) throws Exception {
		ConfigurableApplicationContext context = SpringApplication.run(RestartedService.class, arguments);
		System.out.println("RESPONSE " + send(context, "/hello"));
		if (System.setProperty(STARTED, "true") == null) {
			Path folder = Path.of(context.getEnvironment().getRequiredProperty(FOLDER));
			Files.writeString(folder.resolve("changed"), "");
			return;
		}
		Thread.getAllStackTraces().keySet().forEach((thread) -> System.out.println("THREAD " + thread.getName()));
		send(context, "/actuator/prometheus").lines().forEach((line) -> System.out.println("METRIC " + line));
		System.out.println("RESTARTED");
		context.close();
	}

	private static String send(ConfigurableApplicationContext context, String path) throws Exception {
		String port = context.getEnvironment().getRequiredProperty("local.server.port");
		try (InputStream body = URI.create("http://127.0.0.1:" + port + path).toURL().openStream()) {
			return new String(body.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
