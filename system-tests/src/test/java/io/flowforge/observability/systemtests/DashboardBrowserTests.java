package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.flowforge.dashboards.Dashboards;
import io.flowforge.drill.server.Traffic;
import io.flowforge.launcher.Repository;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.process.Programs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each dashboard in a real browser, as somebody who is not logged in sees it in a real
 * Grafana. Where Grafana, Loki, Tempo or Chromium are not on the PATH, the tests are
 * skipped. The pictures are in {@code target/dashboards}; with
 * {@code -Dflowforge.images.write=true} those of the documentation are written, too.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardBrowserTests {

	private static final Repository REPOSITORY = Repository.around(Path.of(""));

	private static final int WIDTH = 1440;

	private static final int WIDER = 1600;

	// Tempo makes its first metric of two services' spans a minute after they come.
	private static final Duration LIMIT = Duration.ofMinutes(2);

	private static final boolean WRITES_IMAGES = Boolean.getBoolean("flowforge.images.write");

	// What a service has not: orders-service no pool of connections, inventory-service no
	// objective and nobody whom it calls.
	private static final Map<String, Set<String>> EMPTY = Map.of("light", Set.of("Connections"), "dark",
			Set.of("Error budget", "Calls to others", "Calls that failed", "How long others take", "Whom it calls",
					"Failed, by whom it calls", "p99, by whom it calls"));

	// A mistake in a dashboard, and what is said about it.
	private static final String WRONG_LABEL = "sum by \\(level\\)";

	private final List<AutoCloseable> parts = new ArrayList<>();

	private Path folder;

	private DashboardStack stack;

	private GrafanaProcess grafana;

	private DashboardBrowser browser;

	@BeforeAll
	void start(@TempDir Path folder) throws IOException {
		this.folder = folder;
		for (String program : List.of("grafana", "loki", "tempo")) {
			program(program);
		}
		Path chromium = program("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
		Path chromedriver = program("chromedriver", "chromium.chromedriver");
		this.stack = started(new DashboardStack(folder));
		this.stack.start();
		Assumptions.assumeTrue(this.stack.hasCollector(), TestBackends.NO_COLLECTOR);
		this.grafana = started(new GrafanaProcess(this.stack, dashboards()));
		this.browser = started(new DashboardBrowser(chromium, chromedriver, folder.resolve("profile")));
		// The pictures show how a failure begins.
		if (WRITES_IMAGES) {
			passes(Duration.ofMinutes(4));
		}
		this.stack.fail();
		if (WRITES_IMAGES) {
			passes(Duration.ofMinutes(3));
		}
	}

	private static void passes(Duration time) {
		Instant until = Instant.now().plus(time);
		Waiting.until("Not over", time.plus(LIMIT), () -> Instant.now().isAfter(until));
	}

	private static Path program(String... names) {
		Assumptions.assumeTrue(Programs.find(names).isPresent(), names[0] + " is not on the PATH");
		return Programs.find(names).orElseThrow();
	}

	private <T extends AutoCloseable> T started(T part) {
		this.parts.add(0, part);
		return part;
	}

	@AfterAll
	void stop() throws Exception {
		for (AutoCloseable part : this.parts) {
			part.close();
		}
	}

	// Those of the repository, and copies with a mistake each.
	private Path dashboards() throws IOException {
		Path copies = Files.createDirectories(this.folder.resolve("dashboards"));
		try (Stream<Path> files = Files.list(REPOSITORY.file("grafana/dashboards"))) {
			for (Path file : files.filter((each) -> each.toString().endsWith(".json")).toList()) {
				Files.copy(file, copies.resolve(file.getFileName()));
			}
		}
		mistake(copies, "telemetry", "label", WRONG_LABEL, "sum by (nothing) (nothing) unless sum by (level)");
		mistake(copies, "telemetry", "colour",
				"(?<=\"color\" : \\{\\s{1,99}\"mode\" : )\"fixed\"(?=,\\s+\"fixedColor\" : \"text\")",
				"\"thresholds\"");
		mistake(copies, "logs", "variable", "(?<=service_name=~..)\\$application", "$environment.*");
		return copies;
	}

	private static void mistake(Path folder, String dashboard, String name, String right, String wrong)
			throws IOException {
		String text = Files.readString(folder.resolve(dashboard + ".json"));
		String broken = text.replaceAll(right, Matcher.quoteReplacement(wrong));
		assertThat(broken).as(name).isNotEqualTo(text);
		Files.writeString(folder.resolve("wrong-%s.json".formatted(name)),
				broken
					.replaceFirst("\"uid\" : \"flowforge-%s\"".formatted(dashboard),
							"\"uid\" : \"wrong-%s\"".formatted(name))
					.replaceFirst("\"title\" : \"", "\"title\" : \"Wrong %s: ".formatted(name)));
	}

	static Stream<String> looks() {
		return Dashboards.models()
			.stream()
			.map((dashboard) -> dashboard.path("uid").asString())
			.flatMap((uid) -> Stream.of(uid + " light", uid + " dark"));
	}

	@ParameterizedTest
	@MethodSource("looks")
	void dashboardIsWhole(String look) {
		String uid = look.split(" ")[0];
		String theme = look.split(" ")[1];
		this.browser.open(address(uid, theme), WIDTH);
		List<String> problems = problemsAtLast(EMPTY.get(theme));
		this.browser.screenshot(Path.of("target/dashboards", look.replace(' ', '-') + ".png"), WIDTH, 2400);
		assertThat(problems).isEmpty();
		assertThat(this.browser.refusals()).isEmpty();
		if (theme.equals("light") && WRITES_IMAGES) {
			Path image = REPOSITORY.file("docs/images").resolve(uid.replace("flowforge-", "dashboard-") + ".png");
			this.browser.screenshotOfPanels(image, 1000);
			assertThat(image.toFile().length()).isLessThan(300_000);
		}
		this.browser.resize(WIDER);
		assertThat(problemsAtLast(EMPTY.get(theme))).as("in a window of %d pixels", WIDER).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "label, Log lines by level: is empty", "colour, Parts of the stack: has a range in place of a state",
			"variable, Lines: is empty" })
	void mistakeIsSeen(String name, String problem) {
		this.browser.open(address("wrong-" + name, "light"), WIDTH);
		try {
			Waiting.until("Not seen: " + problem, LIMIT, () -> this.browser.problems().contains(problem));
		}
		finally {
			this.browser.screenshot(Path.of("target/dashboards", "wrong-" + name + ".png"), WIDTH, 4200);
			// What was refused on the way is of no interest to the next test.
			this.browser.refusals();
		}
	}

	// In the dark, each variable has its default.
	private String address(String uid, String theme) {
		String service = theme.equals("dark") ? "" : "&var-application=orders-service&var-environment=demo";
		return "%s/d/%s?theme=%s&from=now-10m&to=now%s".formatted(this.grafana.address(), uid, theme, service);
	}

	// Numbers come as requests do.
	private List<String> problemsAtLast(Set<String> empty) {
		Instant until = Instant.now().plus(LIMIT);
		List<String> problems = problems(empty);
		while (!problems.isEmpty() && Instant.now().isBefore(until)) {
			Waiting.pause();
			problems = problems(empty);
		}
		return problems;
	}

	private List<String> problems(Set<String> empty) {
		return this.browser.problems()
			.stream()
			.filter((problem) -> empty.stream().noneMatch((title) -> problem.equals(title + ": is empty")))
			.toList();
	}

	@Test
	void linksLeadToDashboards() {
		Set<String> links = new TreeSet<>();
		Set<String> empty = EMPTY.values().stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
		// Nobody asks for the faults' route again.
		empty.add("Requests by duration");
		for (String uid : List.of("flowforge-services", "flowforge-service", "flowforge-logs", "flowforge-telemetry")) {
			this.browser.open(address(uid, "light"), WIDTH);
			problemsAtLast(empty);
			links.addAll(this.browser.links(uid.equals("flowforge-services") ? "orders-service" : ""));
		}
		assertThat(links).hasSizeGreaterThan(8);
		for (String link : links) {
			this.browser.open(link, WIDTH);
			assertThat(problemsAtLast(empty)).as(link).isEmpty();
		}
		assertThat(this.browser.refusals()).isEmpty();
	}

	// Each data source has a proxy, which passes on what its plugin has no words for.
	@ParameterizedTest
	@CsvSource({ "loki, loki/api/v1/push", "loki, loki/api/v1/delete?query=%7Bservice_name%3D~%22.%2B%22%7D",
			"loki, otlp/v1/logs", "tempo, flush" })
	void viewerCannotWrite(String source, String path) {
		URI address = this.grafana.address().resolve("/api/datasources/proxy/uid/%s/%s".formatted(source, path));
		assertThat(Traffic
			.send(HttpRequest.newBuilder(address)
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString("{}"))
				.build())
			.statusCode()).isEqualTo(403);
	}

	@Test
	void startsWithoutAComplaint() {
		assertThat(this.grafana.log().lines()).noneMatch((line) -> line.contains("level=error"));
	}

}
