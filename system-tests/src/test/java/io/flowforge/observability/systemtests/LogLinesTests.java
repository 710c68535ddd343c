package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.flowforge.drill.message.Inbox;
import io.flowforge.drill.message.Message;
import io.flowforge.drill.server.FaultSwitch;
import io.flowforge.drill.server.Traffic;
import io.flowforge.launcher.Http;
import io.flowforge.launcher.Repository;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.build.Collector;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.process.Programs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Log lines on a machine that has a Collector, and neither Loki nor VictoriaLogs nor Go
 * to build it: the Collector writes a file, and the inbox shows it.
 */
class LogLinesTests {

	private static final Duration LIMIT = Duration.ofMinutes(2);

	private static Launcher launcher;

	private static String output;

	private static URI link;

	@BeforeAll
	static void failUntilSomebodyIsTold(@TempDir Path folder) throws IOException {
		Launcher.requireBackends();
		Optional<Path> collector = new Collector(Repository.around(Path.of(""))).find();
		Assumptions.assumeTrue(collector.isPresent(), TestBackends.NO_COLLECTOR);
		Path programs = Files.createDirectory(folder.resolve("programs"));
		Files.createSymbolicLink(programs.resolve("otelcol"), collector.orElseThrow());
		launcher = new Launcher(Launcher.repository(), folder.resolve("data"));
		launcher.set("PATH", programs + ":" + EvidenceTests.pathWithout("loki", "grafana", "victoria-logs", "go"));
		launcher.set("XDG_CACHE_HOME", folder.resolve("cache").toString());
		launcher.set("FLOWFORGE_TEMPO", "no");
		output = launcher.run("up").orElseThrow();
		launcher.run("pace", "20").orElseThrow();
		URI orders = launcher.address(Part.ORDERS_SERVICE, "");
		new FaultSwitch(orders).set("{\"errorRatio\":1}");
		Inbox inbox = new Inbox(launcher.address(Part.ALERT_INBOX, ""));
		try (Traffic traffic = new Traffic(orders, 10)) {
			traffic.start();
			Message message = Waiting.forValue("No message has come", LIMIT,
					() -> inbox.firstAfter(0, LogLinesTests::isOfOrders));
			link = message.links()
				.stream()
				.filter((each) -> each.text().equals("Logs"))
				.map((each) -> URI.create(each.url()))
				.findFirst()
				.orElseThrow();
		}
	}

	private static boolean isOfOrders(Message message) {
		return message.isSlack() && message.isAbout("firing", "orders-service", "Too many requests fail.");
	}

	@AfterAll
	static void end() {
		if (launcher != null) {
			launcher.close();
		}
	}

	@Test
	void saysWhoHasTheLines() {
		assertThat(output).contains("victoria-logs is left out: it is built with Go, which is not on the PATH.",
				"Links in messages lead to others instead: the inbox (logs), Prometheus (graphs).");
	}

	@Test
	void linkOfTheMessageLeadsToTheLinesOfItsService() {
		assertThat(link.getPort()).isEqualTo(launcher.port("FLOWFORGE_INBOX_PORT"));
		assertThat(link).hasPath("/logs");
		assertThat(Http.get(link)).contains("orders-service", "<b class=\"badge\">ERROR</b>")
			.doesNotContain("inventory-service", "<b class=\"badge\">INFO</b>");
	}

	@Test
	void requestThatFailsIsFoundByItsTrace() {
		HttpResponse<Void> failed = Traffic.send(Traffic.order(launcher.address(Part.ORDERS_SERVICE, "")));
		assertThat(failed.statusCode()).isGreaterThanOrEqualTo(500);
		String trace = failed.headers().firstValue("X-Trace-Id").orElseThrow();
		URI page = link.resolve("/logs?service=orders-service&level=ERROR&trace=" + trace);
		String lines = Waiting.forValue("The page does not show the request", LIMIT,
				() -> Optional.of(Http.get(page)).filter((html) -> html.contains("<li class=\"line")));
		assertThat(lines.split("<li class=\"line").length - 1)
			.isEqualTo(lines.split("<span class=\"trace\"> " + trace).length - 1);
		assertThat(lines).contains("POST /orders").doesNotContain("There is no such line.");
		assertThat(Http.get(link.resolve("/logs?trace=" + "0".repeat(32)))).contains("There is no such line.");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1280, 390 })
	void pageFitsItsWindow(int width, @TempDir Path profile) {
		Path chromium = program("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
		Path chromedriver = program("chromedriver", "chromium.chromedriver");
		try (DashboardBrowser browser = new DashboardBrowser(chromium, chromedriver, profile)) {
			browser.open(link.toString(), width);
			browser.screenshot(Path.of("target/evidence/lines-%d.png".formatted(width)), width, 1200);
			assertThat(browser.text()).contains("Log lines", "ERROR", "orders-service");
			assertThat(browser.isTooWide()).isFalse();
			assertThat(browser.refusals()).isEqualTo(List.of());
		}
	}

	private static Path program(String... names) {
		Assumptions.assumeTrue(Programs.find(names).isPresent(), names[0] + " is not on the PATH");
		return Programs.find(names).orElseThrow();
	}

}
