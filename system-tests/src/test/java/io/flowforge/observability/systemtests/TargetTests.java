package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

import io.flowforge.drill.backend.BackendConfiguration;
import io.flowforge.drill.backend.Backends;
import io.flowforge.drill.server.Sample;
import io.flowforge.drill.server.Workspace;
import io.flowforge.launcher.Http;
import io.flowforge.launcher.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a real Prometheus makes of the targets of a service: one whose environment is not
 * that of the service, and one that is removed on purpose.
 */
class TargetTests {

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private static final String TARGET = """
			- targets: ["%s:%d"]
			  labels: {application: %s, environment: %s}
			""";

	private static final String RETIRED = """
			groups:
			  - name: retired-services
			    rules:
			      - record: flowforge:service_retired
			        expr: vector(1)
			        labels: {environment: %s, application: %s}
			""";

	private Backends backends;

	private Sample orders;

	private URI prometheus;

	@BeforeEach
	void start(@TempDir Path folder) throws IOException {
		this.backends = TestBackends.choose(Workspace.ofBuild(folder));
		Workspace workspace = Workspace.ofBuild(folder).listeningAt(this.backends.bindAddress());
		this.orders = Sample.start(workspace, "orders-service",
				"--management.endpoints.web.exposure.include=health,prometheus,observability");
		this.prometheus = new BackendConfiguration(workspace, this.backends).assemble().startPrometheus();
		this.backends.write(this.prometheus, "targets/samples.yml",
				target("orders-service", "dev") + target("moved", "demo") + target("lost", "demo"));
	}

	@AfterEach
	void stop() {
		if (this.backends != null) {
			this.backends.close();
		}
		if (this.orders != null) {
			this.orders.close();
		}
	}

	@Test
	void anotherEnvironmentIsToldAndARemovalOnPurposeIsNot() {
		URI endpoint = this.orders.address().resolve("/actuator/observability");
		Waiting.until("The service does not know how its target is labelled", LIMIT,
				() -> Http.get(endpoint)
					.contains("Prometheus scrapes this service as environment \\\"dev\\\", "
							+ "but its traces and logs say \\\"demo\\\""));
		awaitAlerts("FlowForgeEnvironmentMismatch", Set.of("orders-service (dev)"));

		this.backends.write(this.prometheus, "rules/retired.yml", RETIRED.formatted("demo", "moved"));
		this.backends.write(this.prometheus, "targets/samples.yml", target("orders-service", "demo"));
		this.backends.reload(this.prometheus);
		awaitAlerts("FlowForgeServiceVanished", Set.of("lost (demo)", "orders-service (dev)"));
		// Rules of other groups notice at their next evaluation.
		Waiting.until("The service that was retired is still known", LIMIT,
				() -> !series("flowforge:service_known").contains("moved (demo)"));
		assertThat(series("flowforge:service_known")).contains("lost (demo)");
		awaitAlerts("FlowForgeEnvironmentMismatch", Set.of());
		Waiting.until("The service does not know its new label", LIMIT,
				() -> !Http.get(endpoint).contains("Prometheus scrapes this service as"));
	}

	// Pending is enough: how long an alert waits is for the tests of the rules.
	private void awaitAlerts(String alert, Set<String> services) {
		Waiting.until("%s is not about %s".formatted(alert, services), LIMIT,
				() -> services.equals(series("ALERTS{alertname=\"%s\"}".formatted(alert))));
	}

	private Set<String> series(String expression) {
		String json = Http.get(this.prometheus
			.resolve("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8)));
		return JsonMapper.shared()
			.readTree(json)
			.at("/data/result")
			.valueStream()
			.map((series) -> series.path("metric"))
			.map((labels) -> "%s (%s)".formatted(labels.path("application").asString(""),
					labels.path("environment").asString("")))
			.collect(Collectors.toSet());
	}

	private String target(String application, String environment) {
		return TARGET.formatted(this.backends.thisMachine(), this.orders.port(), application, environment);
	}

}
