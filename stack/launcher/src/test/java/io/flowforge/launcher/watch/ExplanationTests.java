package io.flowforge.launcher.watch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

import com.sun.net.httpserver.HttpServer;
import io.flowforge.launcher.Repository;
import io.flowforge.launcher.process.Ports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What people read when a service cannot be scraped, for services that answer in every
 * way that one can answer.
 */
class ExplanationTests {

	private static final String METRICS = """
			# HELP flowforge_service_info Who owns the service
			# TYPE flowforge_service_info gauge
			flowforge_service_info{slack_channel="#billing",team="the \\"A\\" team"} 1.0
			flowforge_service_environment{name="staging"} 1.0
			flowforge_alert_threshold{alert="error_ratio"} 0.05
			flowforge_alert_threshold{alert="latency_p99_seconds"} 2.0
			""";

	private HttpServer server;

	private int status = 200;

	private String body = METRICS;

	@BeforeEach
	void serve() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
		this.server.createContext("/", (exchange) -> {
			exchange.getResponseHeaders().add("Location", "http://localhost/login");
			byte[] bytes = this.body.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(this.status, (bytes.length > 0) ? bytes.length : -1);
			exchange.getResponseBody().write(bytes);
			exchange.close();
		});
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@Test
	void readsOwnerEnvironmentAndLimits() {
		MetricsPage page = MetricsPage.ask(address());
		assertThat(page.verdict()).isEqualTo(MetricsPage.Verdict.METRICS);
		assertThat(page.label("flowforge_service_info", "team")).contains("the \"A\" team");
		assertThat(page.label("flowforge_service_info", "slack_channel")).contains("#billing");
		assertThat(page.label("flowforge_service_environment", "name")).contains("staging");
		assertThat(page.label("flowforge_slo_objective", "name")).isEmpty();
		assertThat(page.limits()).isEqualTo(Map.of("error_ratio", 0.05, "latency_p99_seconds", 2.0));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			401 | answers 401: the service requires a login.
			403 | answers 403: the service requires a login.
			302 | answers 302: the service requires a login.
			""")
	void showsLinesThatOpenTheMetricsWithSpringSecurity(int status, String reason) {
		this.status = status;
		this.body = "";
		Explanation explanation = explain(address());
		assertThat(explanation.reason()).isEqualTo(address() + " " + reason);
		assertThat(explanation.advice()).first().asString().contains("Spring Security");
		assertThat(explanation.advice()).last().asString().startsWith("docs/how-to/spring-security.md");
		// In a repository that has the page.
		if (repository().root().resolve("docs/how-to/spring-security.md").toFile().exists()) {
			assertThat(explanation.advice()).anyMatch((line) -> line.contains("SecurityFilterChain"));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			404 | text      | answers 404: nothing is there.              | starter among its dependencies
			500 | text      | answers 500.                                | log
			200 | <html>    | answers, but not with metrics.              | another program
			200 | up 1.0    | has metrics, but not those of the starter.  | flowforge-observability-starter
			""")
	void saysWhatIsWrongAndWhatToDo(int status, String body, String reason, String advice) {
		this.status = status;
		this.body = body;
		Explanation explanation = explain(address());
		assertThat(explanation.reason()).isEqualTo(address() + " " + reason);
		assertThat(String.join("\n", explanation.advice())).contains(advice);
	}

	@Test
	void saysThatNobodyListens() {
		URI address = URI.create("http://localhost:%d/actuator/prometheus".formatted(Ports.free()));
		assertThat(explain(address).reason()).isEqualTo("Nobody listens at %s.".formatted(address));
	}

	@Test
	void saysThatTheHostIsUnknown() {
		URI address = URI.create("http://payments.invalid:8080/actuator/prometheus");
		assertThat(explain(address).reason()).isEqualTo("There is no host payments.invalid.");
	}

	@Test
	void saysThatSomethingHangs() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			URI address = URI.create("http://localhost:%d/actuator/prometheus".formatted(socket.getLocalPort()));
			assertThat(explain(address).reason())
				.isEqualTo("%s does not answer: request timed out.".formatted(address));
		}
	}

	private static Explanation explain(URI address) {
		return Explanation.of(MetricsPage.ask(address), repository());
	}

	private static Repository repository() {
		return Repository.around(Path.of(""));
	}

	private URI address() {
		return URI.create("http://localhost:%d/actuator/prometheus".formatted(this.server.getAddress().getPort()));
	}

}
