package io.flowforge.observability.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * A small service with the starter on its classpath, on a free port of this machine.
 */
public final class TestService implements AutoCloseable {

	// Else it asks for HTTP/2 with every request.
	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final ConfigurableApplicationContext context;

	private TestService(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Start the service.
	 * @param properties its properties, as {@code name=value}
	 * @return the running service
	 */
	public static TestService start(String... properties) {
		return start(new Class<?>[0], properties);
	}

	/**
	 * Start the service with more beans.
	 * @param configuration classes with the beans
	 * @param properties its properties, as {@code name=value}
	 * @return the running service
	 */
	public static TestService start(Class<?>[] configuration, String... properties) {
		return new TestService(run(configuration,
				Stream.concat(Stream.of("spring.application.name=test-service"), Arrays.stream(properties))
					.toArray(String[]::new)));
	}

	/**
	 * Run the application with nothing set but what is given. It exports, as it would not
	 * in a test of a user's.
	 * @param configuration classes with more beans
	 * @param properties its properties, as {@code name=value}
	 * @return the application context
	 */
	public static ConfigurableApplicationContext run(Class<?>[] configuration, String... properties) {
		SpringApplication application = new SpringApplication(Application.class);
		application.addPrimarySources(Set.of(configuration));
		Set<String> arguments = new LinkedHashSet<>(
				Set.of("--server.port=0", "--server.address=127.0.0.1", "--spring.test.tracing.export=true"));
		Arrays.stream(properties).map((property) -> "--" + property).forEach(arguments::add);
		return application.run(arguments.toArray(String[]::new));
	}

	/**
	 * Send a request.
	 * @param path the path
	 * @return the response's body
	 */
	public String get(String path) {
		return send(path).body();
	}

	/**
	 * Send a request.
	 * @param path the path
	 * @param headers names and values of headers
	 * @return the response
	 */
	public HttpResponse<String> send(String path, String... headers) {
		return sendTo("local.server.port", path, headers);
	}

	/**
	 * Send a request to the management port, where the service has one of its own.
	 * @param path the path
	 * @param headers names and values of headers
	 * @return the response
	 */
	public HttpResponse<String> sendToManagementPort(String path, String... headers) {
		return sendTo("local.management.port", path, headers);
	}

	private HttpResponse<String> sendTo(String portProperty, String path, String... headers) {
		String port = this.context.getEnvironment().getRequiredProperty(portProperty);
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
		if (headers.length > 0) {
			request.headers(headers);
		}
		try {
			return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Scrape the service.
	 * @return its metrics as plain text
	 */
	public String scrape() {
		return get("/actuator/prometheus");
	}

	/**
	 * Scrape the service as Prometheus does.
	 * @return its metrics with exemplars
	 */
	public String scrapeOpenMetrics() {
		return send("/actuator/prometheus", "Accept", "application/openmetrics-text;version=1.0.0").body();
	}

	/**
	 * The application context of the service.
	 * @return the context
	 */
	public ConfigurableApplicationContext context() {
		return this.context;
	}

	@Override
	public void close() {
		this.context.close();
		// Spring Boot leaves them to the next service of this JVM.
		for (LoggingSystemProperty property : LoggingSystemProperty.values()) {
			System.clearProperty(property.getEnvironmentVariableName());
		}
	}

	@Configuration(proxyBeanMethods = false)
	// Where both servers are on the classpath the service runs on Tomcat, as most do,
	// unless a test brings the other.
	@EnableAutoConfiguration(
			excludeName = "org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration")
	@EnableAsync
	@Import({ Controller.class, Background.class, FailingFilter.class })
	static class Application {

	}

	@RestController
	static class Controller {

		private static final Logger logger = LoggerFactory.getLogger(Controller.class);

		private final Background background;

		Controller(Background background) {
			this.background = background;
		}

		@GetMapping("/hello")
		String hello() {
			logger.atInfo().addKeyValue("customer", "c-17").log("Hello");
			return "hello";
		}

		@GetMapping("/fail")
		String fail() {
			throw new IllegalStateException("This request fails");
		}

		@GetMapping("/fail-async")
		CompletableFuture<String> failLater() {
			return CompletableFuture.failedFuture(new IllegalStateException("This request fails later"));
		}

		@GetMapping("/stream")
		StreamingResponseBody stream() {
			return (out) -> out.write("streamed".getBytes(StandardCharsets.UTF_8));
		}

		@GetMapping("/background")
		CompletableFuture<String> background() {
			return this.background.work();
		}

	}

	static class FailingFilter extends OncePerRequestFilter {

		@Override
		protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws ServletException, IOException {
			if (request.getRequestURI().equals("/fail-filter")) {
				throw new IllegalStateException("This filter fails");
			}
			chain.doFilter(request, response);
		}

	}

	static class Background {

		private static final Logger logger = LoggerFactory.getLogger(Background.class);

		@Async
		CompletableFuture<String> work() {
			logger.info("Work in the background");
			return CompletableFuture.completedFuture("done");
		}

	}

}
