package io.flowforge.observability.integration;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.flowforge.observability.Findings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A service that runs with whatever web framework, logging library and agent there is. It
 * sends requests to itself, prints what came of them and its findings, and ends.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(NeighbourService.Controller.class)
public class NeighbourService {

	/** More paths to send a request to. */
	static final String PATHS = "neighbour.paths";

	/**
	 * Run the service.
	 * @param arguments its properties
	 * @throws Exception if it cannot send requests
	 */
	public static void main(String[] arguments) throws Exception {
		run(NeighbourService.class, arguments);
	}

	static void run(Class<?> application, String[] arguments) throws Exception {
		try (ConfigurableApplicationContext context = SpringApplication.run(application, arguments)) {
			String port = context.getEnvironment().getRequiredProperty("local.server.port");
			String prefix = context.getEnvironment().getProperty("spring.jersey.application-path", "");
			// Beside Spring MVC, the endpoints are not Jersey's.
			String actuator = (isSpringMvcPresent() ? "" : prefix) + "/actuator";
			List<String> paths = new ArrayList<>(List.of(prefix + "/hello", prefix + "/fail", actuator + "/health"));
			paths.addAll(Arrays.asList(context.getEnvironment().getProperty(PATHS, String[].class, new String[0])));
			for (String path : paths) {
				HttpResponse<String> response = send(port, path);
				System.out.printf("RESPONSE %s %d %s%n", path, response.statusCode(),
						response.headers().firstValue("X-Trace-Id").orElse("none"));
			}
			send(port, actuator + "/prometheus").body().lines().forEach((line) -> System.out.println("METRIC " + line));
			context.getBeanProvider(Findings.class)
				.stream()
				.flatMap((source) -> source.find().stream())
				.forEach((finding) -> System.out.printf("FINDING %s: %s%n", finding.subject(), finding.message()));
		}
	}

	private static boolean isSpringMvcPresent() {
		return ClassUtils.isPresent("org.springframework.web.servlet.DispatcherServlet",
				NeighbourService.class.getClassLoader());
	}

	private static HttpResponse<String> send(String port, String path) throws Exception {
		URI uri = URI.create("http://127.0.0.1:" + port + path);
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri)
				.version(HttpClient.Version.HTTP_1_1)
				.timeout(Duration.ofSeconds(20))
				.build(), HttpResponse.BodyHandlers.ofString());
	}

	@RestController
	static class Controller {

		private static final Logger logger = LoggerFactory.getLogger(Controller.class);

		@GetMapping("/hello")
		String hello() {
			logger.info("Hello");
			return "hello";
		}

		@GetMapping("/fail")
		String fail() {
			throw new IllegalStateException("This request fails");
		}

	}

}
