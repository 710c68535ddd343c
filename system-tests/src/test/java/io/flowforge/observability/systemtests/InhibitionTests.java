package io.flowforge.observability.systemtests;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.flowforge.drill.backend.BackendConfiguration;
import io.flowforge.drill.backend.Backends;
import io.flowforge.drill.server.Workspace;
import io.flowforge.launcher.Http;
import io.flowforge.launcher.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cause before effect: what a real Alertmanager holds back of alerts that fire at once.
 */
class InhibitionTests {

	// Each line a case of its own, told apart by the environment: the alerts that fire,
	// those that are held back in parentheses.
	private static final List<String> CASES = List.of(
			"FlowForgeServiceDown{application=a} (FlowForgeInstanceDown{application=a}) FlowForgeInstanceDown{application=b}",
			"FlowForgeServiceDownAmongMany{application=a} (FlowForgeServiceDown{application=a}) (FlowForgeHealthCheckFailing{application=a}) FlowForgeServiceDown{application=b}",
			"FlowForgeServiceDownAmongMany{application=a} (FlowForgeServiceVanished{application=a}) (FlowForgeServiceFailingAmongMany{application=a})",
			"FlowForgeServiceFailingAmongMany{application=a} (FlowForgeHighErrorRatio{application=a}) (FlowForgeHealthCheckFailing{application=a}) (FlowForgeErrorBudgetBurn{application=a}) (FlowForgeHighLatencyP99{application=a}) FlowForgeInstanceDown{application=a} FlowForgeHighErrorRatio{application=b}",
			"FlowForgeManyServicesDown{} (FlowForgeManyServicesFailing{})",
			"FlowForgeDiscoveryLost{} (FlowForgeServiceVanished{application=a}) FlowForgeServiceDown{application=b}");

	// Whatever the environment.
	private static final List<String> CASES_OF_THE_STACK = List.of(
			"FlowForgeCollectorDown{} (FlowForgeTelemetryLost{application=a,signal=traces}) (FlowForgeTelemetryLost{application=a,signal=logs}) FlowForgeHighErrorRatio{application=b}",
			"FlowForgeCollectorQueueFilling{exporter=otlp_http/traces} (FlowForgeTelemetryLost{application=a,signal=traces}) FlowForgeTelemetryLost{application=a,signal=logs}",
			"FlowForgeTempoDown{} (FlowForgeCollectorExportFailing{exporter=otlp_http/traces}) FlowForgeCollectorExportFailing{exporter=otlp_http/logs} (FlowForgeTelemetryLost{application=a,signal=traces})",
			"FlowForgeLokiDown{} (FlowForgeCollectorExportFailing{exporter=otlp_http/logs}) FlowForgeCollectorExportFailing{exporter=otlp_http/traces}");

	@Test
	void causesHoldBackWhatTheyExplain(@TempDir Path folder) {
		Workspace workspace = Workspace.ofBuild(folder);
		try (Backends backends = TestBackends.processes(workspace)) {
			URI alertmanager = new BackendConfiguration(workspace, backends).assemble().startAlertmanager();
			for (int i = 0; i < CASES.size(); i++) {
				check(alertmanager, CASES.get(i), "environment-" + i);
			}
			for (String line : CASES_OF_THE_STACK) {
				check(alertmanager, line, "everywhere");
			}
		}
	}

	private static void check(URI alertmanager, String line, String environment) {
		Map<Map<String, String>, Boolean> alerts = new LinkedHashMap<>();
		for (String word : line.split(" ")) {
			boolean heldBack = word.startsWith("(");
			alerts.put(labels(heldBack ? word.substring(1, word.length() - 1) : word, environment), heldBack);
		}
		post(alertmanager, alerts.keySet(), true);
		Waiting.until("Not all alerts have come: " + line, Duration.ofSeconds(30),
				() -> suppressed(alertmanager, environment).size() == alerts.size());
		assertThat(suppressed(alertmanager, environment)).as(line).isEqualTo(alerts);
		post(alertmanager, alerts.keySet(), false);
		Waiting.until("An alert goes on: " + line, Duration.ofSeconds(30),
				() -> suppressed(alertmanager, environment).isEmpty());
	}

	private static Map<String, String> labels(String alert, String environment) {
		Map<String, String> labels = new LinkedHashMap<>();
		int brace = alert.indexOf('{');
		labels.put("alertname", alert.substring(0, brace));
		labels.put("environment", environment);
		for (String label : alert.substring(brace + 1, alert.length() - 1).split(",")) {
			if (!label.isEmpty()) {
				labels.put(label.split("=")[0], label.split("=")[1]);
			}
		}
		return labels;
	}

	private static void post(URI alertmanager, Set<Map<String, String>> alerts, boolean firing) {
		String end = firing ? "2999-01-01T00:00:00Z" : "2001-01-01T00:00:00Z";
		Http.send("POST", alertmanager.resolve("/api/v2/alerts"),
				JsonMapper.shared()
					.writeValueAsString(alerts.stream()
						.map((labels) -> Map.of("labels", labels, "startsAt", "2000-01-01T00:00:00Z", "endsAt", end))
						.toList()));
	}

	private static Map<Map<String, String>, Boolean> suppressed(URI alertmanager, String environment) {
		return Http.json(alertmanager.resolve("/api/v2/alerts"))
			.valueStream()
			.filter((alert) -> alert.at("/labels/environment").asString("").equals(environment))
			.filter((alert) -> !alert.at("/status/state").asString("").equals("unprocessed"))
			.collect(Collectors.toMap(InhibitionTests::labels,
					(alert) -> alert.at("/status/state").asString("").equals("suppressed")));
	}

	private static Map<String, String> labels(JsonNode alert) {
		return new TreeSet<>(alert.path("labels").propertyNames()).stream()
			.collect(Collectors.toMap((name) -> name, (name) -> alert.path("labels").path(name).asString("")));
	}

}
