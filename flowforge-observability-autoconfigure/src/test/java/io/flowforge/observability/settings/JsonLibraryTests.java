package io.flowforge.observability.settings;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.flowforge.observability.testing.JavaRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service or a command-line job without a JSON library on its class path.
 */
class JsonLibraryTests {

	private static final List<String> JSON_LIBRARIES = List.of("jackson-", "gson-");

	@ParameterizedTest
	@ValueSource(strings = { "servlet", "none" })
	void serviceStarts(String type) throws Exception {
		JavaRun run = run(type);
		assertThat(run.status()).as(String.join("\n", run.lines())).isZero();
		assertThat(run.messages()).anyMatch((message) -> message.startsWith("FlowForge Observability "));
		assertThat(run.lines()).contains("JSON parser: BasicJsonParser")
			.noneMatch((line) -> line.contains("Exception"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "servlet", "none" })
	void unknownPropertyIsRefused(String type) throws Exception {
		JavaRun run = run(type, "--flowforge.observability.alerts.error-rate=5%");
		assertThat(run.status()).isEqualTo(1);
		assertThat(run.lines()).map(String::strip)
			.contains("Did you mean flowforge.observability.alerts.error-ratio?")
			.noneMatch((line) -> line.contains("ClassCastException"));
	}

	private static JavaRun run(String type, String... properties) throws Exception {
		String[] arguments = Stream.concat(Stream.of("--spring.application.name=no-json", "--server.port=0",
				"--server.address=127.0.0.1", "--spring.main.web-application-type=" + type), Stream.of(properties))
			.toArray(String[]::new);
		return JavaRun.without(JSON_LIBRARIES, Service.class, Map.of(), arguments);
	}

	/**
	 * The service: it starts and ends.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			excludeName = "org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration")
	public static class Service {

		/**
		 * Run the service.
		 * @param arguments its properties
		 */
		public static void main(String[] arguments) {
			System.out.println("JSON parser: " + JsonParserFactory.getJsonParser().getClass().getSimpleName());
			SpringApplication.run(Service.class, arguments).close();
		}

	}

}
