package io.flowforge.observability.systemtests;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import io.flowforge.launcher.Http;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.layout.Part;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The links of a real message on a machine without Docker that has Grafana, Loki and
 * Tempo: each opens a page in a real browser, and behind it is what the message is about.
 * Where one of them is not on the PATH, the tests are skipped.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvidenceInGrafanaTests {

	private static final Pattern TRACE_ID = Pattern.compile("[0-9a-f]{30,32}");

	// What is wrong with a panel that has to show the failure.
	private static final Pattern OF_A_FAILURE = Pattern
		.compile("(Worst route|Exception|Requests|Errors|Latency|Alerts|What fires|Failing routes"
				+ "|Warnings and errors in the log|Traces of failed requests): .*");

	private Evidence evidence;

	private DashboardBrowser browser;

	@BeforeAll
	void failUntilSomebodyIsTold(@TempDir Path folder) {
		Launcher.requireBackends();
		List.of("grafana", "loki", "tempo").forEach(Evidence::program);
		this.browser = Evidence.browser(folder.resolve("profile"));
		this.evidence = Evidence.collect(new Launcher(Launcher.repository(), folder.resolve("data")), "grafana", "loki",
				"tempo");
	}

	@AfterAll
	void end() {
		if (this.browser != null) {
			this.browser.close();
		}
		if (this.evidence != null) {
			this.evidence.close();
		}
	}

	@Test
	void dashboardShowsTheServiceThatFails() {
		assertShows("Dashboard", 2400, "orders-service", "demo", "POST /orders", "HighErrorRatio");
		assertThat(Evidence.parameters(this.evidence.link("Dashboard").getRawQuery()))
			.containsEntry("var-application", "orders-service")
			.containsEntry("var-environment", "demo");
		Waiting.until("A panel is without data", Evidence.LIMIT,
				() -> this.browser.problems().stream().noneMatch(OF_A_FAILURE.asMatchPredicate()));
	}

	@Test
	void dashboardLeadsToASilenceOfTheAlert() {
		assertShows("Dashboard", 2400, "silence …");
		List<String> links = this.browser.menu("silence …");
		assertThat(links).hasSize(2);
		assertThat(URLDecoder.decode(links.get(0), StandardCharsets.UTF_8)).endsWith(
				"/#/silences/new?filter={alertname=\"FlowForgeHighErrorRatio\",environment=\"demo\",application=\"orders-service\"}");
		this.evidence.assertShowsSilence(this.browser, links.get(0), "Silence from the dashboard");
	}

	@Test
	void tracesAndLogsHaveTheRequestThatFailed() {
		isOfGrafana("Traces");
		assertShows("Traces", 900, "orders-service", "POST /orders");
		// The oldest of the list: its log records have had the time to arrive.
		String id = Waiting.forValue("No trace id", Evidence.LIMIT,
				() -> this.browser.linkTexts()
					.stream()
					.filter(TRACE_ID.asMatchPredicate())
					.reduce((newer, older) -> older));
		String trace = Http.get(this.evidence.launcher().address(Part.TEMPO, "/api/traces/" + id));
		assertThat(trace).contains("POST /orders", "orders-service", "STATUS_CODE_ERROR");
		this.browser.click(id);
		Evidence.awaitText(this.browser, "Trace", 1400, "Service & Operation", "orders-service", "POST /orders");

		isOfGrafana("Logs");
		assertShows("Logs", 900, "POST /orders");
		String ofTheTrace = this.evidence.link("Logs")
			.toString()
			.replace("WARN%7CERROR%5C%22", "WARN%7CERROR%5C%22+%7C+trace_id%3D%5C%22" + id + "%5C%22");
		assertThat(ofTheTrace).contains(id);
		Evidence.assertShows(this.browser, ofTheTrace, "Logs of the trace", 900, "POST /orders");
		assertThat(this.browser.text()).doesNotContain("No logs found");
	}

	private void isOfGrafana(String link) {
		URI address = this.evidence.link(link);
		assertThat(address.getPort()).isEqualTo(this.evidence.launcher().port("FLOWFORGE_GRAFANA_PORT"));
	}

	@Test
	void runbookAndSilenceOpen() {
		assertShows("Runbook", 900, "FlowForgeHighErrorRatio");
		this.evidence.assertShowsSilence(this.browser, this.evidence.link("Silence").toString(), "Silence");
	}

	private void assertShows(String link, int height, String... texts) {
		Evidence.assertShows(this.browser, this.evidence.link(link).toString(), "grafana-" + link, height, texts);
	}

}
