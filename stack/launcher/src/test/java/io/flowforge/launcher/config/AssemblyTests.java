package io.flowforge.launcher.config;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.RequiredPrograms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What {@link Assembly} writes, and that it touches nothing where something is wrong.
 */
class AssemblyTests {

	private static final String PAYMENTS = """
			- targets: [localhost:8082]
			  labels: {application: payments, environment: dev}
			""";

	@TempDir
	private Path folder;

	private Path data;

	private Repository repository;

	@BeforeEach
	void prepare() throws IOException {
		this.data = this.folder.resolve("data");
		this.repository = TestRepository.copy(this.folder.resolve("repository"));
	}

	// Most of these tests are about files, and need not wait for the tools.
	private AssemblyRequest request() {
		return AssemblyRequest.of(this.repository, this.data, (folder, tool, arguments) -> new Programs.Result(0, ""));
	}

	private AssemblyRequest checkedRequest() {
		RequiredPrograms.require("promtool");
		RequiredPrograms.require("amtool");
		return AssemblyRequest.of(this.repository, this.data, Checker.ON_PATH);
	}

	// --- What is written

	@Test
	void takesTheRulesAndFlagsAsTheyAre() throws IOException {
		Assembly.assemble(request());
		for (Path file : this.repository.yamlFiles("prometheus-rules")) {
			assertThat(this.data.resolve("prometheus/assembled/rules").resolve(file.getFileName()))
				.hasSameTextualContentAs(file);
		}
		assertThat(this.data.resolve("prometheus/assembled/flags"))
			.hasSameTextualContentAs(this.repository.file("stack/prometheus/flags"));
		assertThat(this.data.resolve("loki/assembled/fake/logs.yml"))
			.hasSameTextualContentAs(this.repository.file("stack/loki/rules/fake/logs.yml"));
		assertThat(this.data.resolve("alertmanager/assembled/templates/slack.tmpl"))
			.hasSameTextualContentAs(this.repository.file("alertmanager/templates/slack.tmpl"));
		assertThat(read("alertmanager/assembled/alertmanager.yml")).isEqualTo(AlertmanagerConfiguration
			.assemble(this.repository, Notifications.of(NotificationChannels.SLACK_EMAIL), true));
	}

	@Test
	void linksLeadWherePeopleSay() throws IOException {
		Assembly.assemble(checkedRequest().links(Links.STANDARD.with(Map.of("FLOWFORGE_GRAFANA_URL",
				"https://acme.example/grafana/", "FLOWFORGE_GRAFANA_EXPLORE", "yes", "FLOWFORGE_GRAFANA_ORG_ID", "7",
				"FLOWFORGE_GRAFANA_LOKI_UID", "P1-logs", "FLOWFORGE_GRAFANA_TEMPO_UID", "P2_traces",
				"FLOWFORGE_ALERTMANAGER_URL", "https://alerts.acme.example", "FLOWFORGE_RUNBOOKS_URL",
				"https://wiki.acme.example/runbooks")::get)));
		assertThat(read("prometheus/assembled/rules/errors.yml"))
			.contains("runbook_url: https://wiki.acme.example/runbooks/FlowForgeHighErrorRatio.md\n");
		assertThat(read("prometheus/assembled/rules/dashboards.yml"))
			.contains("alertmanager: https://alerts.acme.example\n", "runbooks: https://wiki.acme.example/runbooks\n")
			.doesNotContain("localhost");
		assertThat(read("loki/assembled/fake/logs.yml"))
			.contains("runbook_url: https://wiki.acme.example/runbooks/FlowForgeStartFailed.md\n")
			.doesNotContain("localhost");
		assertThat(message())
			.contains("Dashboard: https://acme.example/grafana/d/flowforge-service/service?",
					"Traces: https://acme.example/grafana/explore?", "P2_traces",
					"Logs: https://acme.example/grafana/explore?", "P1-logs", "&orgId=7",
					"Silence: https://alerts.acme.example/#/silences/new?")
			.doesNotContain("localhost");
	}

	@Test
	void linksToGrafanaOfOnesOwnNeedNoExplore() throws IOException {
		Assembly.assemble(checkedRequest()
			.links(Links.STANDARD.with(Map.of("FLOWFORGE_GRAFANA_URL", "https://grafana.acme.example")::get)));
		assertThat(message()).contains("&viewPanel=31", "&viewPanel=30").doesNotContain("explore");
		assertPanel(30, "Warnings and errors in the log");
		assertPanel(31, "Traces of failed requests");
	}

	private static void assertPanel(int id, String title) throws IOException {
		String dashboard = TestRepository.read("grafana/dashboards/service.json");
		assertThat(dashboard)
			.containsPattern("\"id\" : %d,\\s+\"type\" : \"\\w+\",\\s+\"title\" : \"%s\"".formatted(id, title));
	}

	@Test
	void nothingLinksToWhatIsNotInTheStack() throws IOException {
		Links standard = Links.STANDARD;
		Assembly.assemble(checkedRequest().links(new Links(standard.grafana(), true, "1", "", "", "", "", "",
				standard.prometheus(), standard.alertmanager(), standard.runbooks())));
		assertThat(message()).contains("Dashboard: ", "Silence: ").doesNotContain("Traces", "Logs");

		Assembly.assemble(checkedRequest().links(new Links("", true, "1", "loki", "tempo", "", "", "",
				standard.prometheus(), standard.alertmanager(), standard.runbooks())));
		assertThat(message()).contains("Graph: http://localhost:9090/graph?g0.expr=flowforge:http_requests:rate5m%7B")
			.doesNotContain("Dashboard", "Traces", "Logs");
	}

	@Test
	void withoutGrafanaLinksLeadToZipkinVictoriaLogsAndPrometheus() throws IOException {
		Links standard = Links.STANDARD;
		Assembly.assemble(checkedRequest().links(new Links("", true, "1", "", "", "http://localhost:19411",
				"http://localhost:19428", "", standard.prometheus(), standard.alertmanager(), standard.runbooks())));
		assertThat(message().lines()).contains(
				"Traces: http://localhost:19411/zipkin/?serviceName=orders&annotationQuery=error+and+deployment.environment.name%3Dprod"
						+ "&lookback=range&startTs=1767322145000&endTs=1767326645000&limit=20",
				"Logs: http://localhost:19428/select/vmui/#/?query=%7B%22service.name%22%3D%22orders%22%2C%22deployment.environment.name%22%3D%22prod%22%7D"
						+ "+severity_text%3Ain%28WARN%2C+ERROR%29&g0.range_input=75m&g0.end_input=2026-01-02T04%3A04%3A05Z&g0.relative_time=none");
		String graph = message().lines().filter((line) -> line.startsWith("Graph: ")).findFirst().orElseThrow();
		String[] queries = URLDecoder.decode(graph, StandardCharsets.UTF_8).split("&g[0-4][.]tab=0");
		assertThat(queries).hasSize(5);
		assertThat(queries[0]).endsWith("{environment=\"prod\",application=\"orders\"}");
		assertThat(queries[2]).contains("g2.expr=", "histogram_quantile(0.50,", "\"p\",\"95\"");
		// A name of the longest that Kubernetes allows leaves room.
		assertThat(graph.length() + 8 * (63 - "orders".length())).isLessThan(1600);
	}

	@Test
	void logsLeadToTheInboxWhereNobodyElseHasThem() throws IOException {
		Links standard = Links.STANDARD;
		Assembly.assemble(checkedRequest().links(new Links("", true, "1", "", "", "", "", "http://localhost:18090/logs",
				standard.prometheus(), standard.alertmanager(), standard.runbooks())));
		assertThat(message().lines()).contains(
				"Logs: http://localhost:18090/logs?service=orders&environment=prod&level=WARN&from=1767322145000&to=1767326645000");
	}

	@Test
	void timesAreThoseOfTheZoneThatAlertmanagerRunsIn() throws IOException {
		Assembly.assemble(checkedRequest());
		assertThat(render("{{ template \"flowforge.time\" (index .Alerts 0).StartsAt }}", "Europe/Vienna", ""))
			.isEqualTo("04:04:05 CET on 2 January");
	}

	@Test
	void linksToPanelsAndGraphsAreThoseOfTheCluster() throws IOException {
		Links standard = Links.STANDARD;
		Assembly.assemble(checkedRequest()
			.links(standard.with(Map.of("FLOWFORGE_GRAFANA_URL", "https://grafana.acme.example")::get)));
		assertThat(message("\"cluster\": \"north\", ").lines().filter((line) -> line.contains("/d/")))
			.as("dashboard, traces, logs")
			.hasSize(3)
			.allMatch((line) -> line.contains("&var-cluster=north&"));
		assertThat(message()).doesNotContain("cluster");

		Assembly.assemble(checkedRequest().links(new Links("", true, "1", "loki", "tempo", "", "", "",
				standard.prometheus(), standard.alertmanager(), standard.runbooks())));
		assertThat(URLDecoder.decode(message("\"cluster\": \"north\", "), StandardCharsets.UTF_8))
			.contains("ALERTS{cluster=\"north\",environment=\"prod\",application=\"orders\"}");
	}

	private String message() throws IOException {
		return message("");
	}

	private String message(String labels) throws IOException {
		return render("{{ template \"flowforge.links.text\" (index .Alerts 0) }}", "UTC", labels);
	}

	// What a template writes of an alert.
	private String render(String template, String timeZone, String labels) throws IOException {
		Path data = Files.writeString(this.folder.resolve("data.json"), """
				{"status": "firing", "alerts": [{"status": "firing", "startsAt": "2026-01-02T03:04:05Z",
				  "labels": {%s"alertname": "FlowForgeHighErrorRatio", "category": "errors", "environment": "prod",
				    "application": "orders"}}]}
				""".formatted(labels));
		return Programs.run(this.data, Map.of("TZ", timeZone), "", Duration.ofSeconds(30),
				List.of("amtool", "template", "render", "--template.glob=alertmanager/assembled/templates/*.tmpl",
						"--template.data=" + data, "--template.text=" + template))
			.orElseThrow();
	}

	@ParameterizedTest
	@ValueSource(strings = { "grafana", "ftp://grafana.example", "https://grafana.example/'", "https://a b.example",
			"https://grafana.example\nx: y" })
	void refusesLinksThatLeadNowhere(String url) {
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> Links.STANDARD.with(Map.of("FLOWFORGE_GRAFANA_URL", url)::get))
			.withMessage("FLOWFORGE_GRAFANA_URL=%s must be an http or https URL, such as https://grafana.example.com.",
					ShownValue.of(url));
	}

	@ParameterizedTest
	@CsvSource({ "FLOWFORGE_GRAFANA_ORG_ID, main", "FLOWFORGE_GRAFANA_LOKI_UID, a}} b",
			"FLOWFORGE_ALERTMANAGER_URL, am:9093" })
	void refusesWhatIsNoIdOrUid(String variable, String value) {
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> Links.STANDARD.with(Map.of(variable, value)::get))
			.withMessageStartingWith("%s=%s must be ", variable, value);
	}

	@Test
	void servicesHaveTheLimitsThatPeopleSet() throws IOException {
		Assembly.assemble(checkedRequest().limits(Map.of("sample_limit", "500", "target_limit", "0")));
		assertThat(read("prometheus/assembled/prometheus.yml"))
			.isEqualTo(TestRepository.read("stack/prometheus/prometheus.yml")
				.replace("sample_limit: 20000", "sample_limit: 500")
				.replace("target_limit: 3000", "target_limit: 0"));
	}

	@Test
	void hasAFileForEachPartThatRuns() {
		Assembly.assemble(checkedRequest());
		assertThat(names("alertmanagers")).containsExactly("alertmanager.yml");
		assertThat(names("collectors")).isEmpty();
		assertThat(names("backends")).isEmpty();

		Assembly.assemble(checkedRequest().parts(Set.of("prometheus", "alertmanager", "alertmanager-2",
				"otel-collector", "loki", "tempo", "grafana", "node-exporter", "alert-inbox")));
		assertThat(names("alertmanagers")).containsExactly("alertmanager-2.yml", "alertmanager.yml");
		assertThat(names("collectors")).containsExactly("otel-collector.yml");
		assertThat(names("backends")).containsExactly("grafana.yml", "loki.yml", "node-exporter.yml", "tempo.yml");
	}

	@Test
	void addressesAreThoseOfTheRuntime() throws IOException {
		write(this.repository.root().resolve("stack/prometheus/targets/payments.yml"), PAYMENTS);
		Assembly.assemble(request().parts(Set.of("alertmanager", "alertmanager-2"))
			.partAddresses(Map.of("localhost:9095", "localhost:19095", "localhost:9090", "localhost:19090"))
			.sampleAddresses(Map.of("localhost:18080", "localhost:28080")));
		assertThat(read("prometheus/assembled/alertmanagers/alertmanager-2.yml")).contains("[localhost:19095]");
		assertThat(read("prometheus/assembled/alertmanagers/alertmanager.yml")).contains("[localhost:9093]");
		assertThat(read("prometheus/assembled/prometheus.yml")).isEqualTo(
				TestRepository.read("stack/prometheus/prometheus.yml").replace("localhost:9090", "localhost:19090"));
		assertThat(read("prometheus/assembled/targets/samples.yml")).contains("[localhost:28080]", "[localhost:18081]");
		assertThat(read("prometheus/assembled/targets/payments.yml")).isEqualTo(PAYMENTS);

		Assembly.assemble(request().containers(true)
			.partAddresses(Map.of("localhost:9093", "alertmanager:9093"))
			.sampleAddresses(Map.of("localhost:18080", "orders-service:8080")));
		assertThat(read("prometheus/assembled/alertmanagers/alertmanager.yml")).contains("[alertmanager:9093]");
		assertThat(read("prometheus/assembled/prometheus.yml")).contains("[localhost:9090]");
		assertThat(read("prometheus/assembled/targets/samples.yml")).contains("[orders-service:8080]");
		assertThat(read("prometheus/assembled/targets/payments.yml"))
			.isEqualTo(PAYMENTS.replace("localhost", "host.docker.internal"));
	}

	@Test
	void targetsAreThoseOfTheGivenFoldersAndOneMoreFileIsPossible() throws IOException {
		write(this.folder.resolve("own/payments.yml"), PAYMENTS);
		Targets targets = Assembly.assemble(request().targetFolders(List.of(this.folder.resolve("own")))
			.file("prometheus/rules/more.yml", "groups: []\n")
			.file("prometheus/flags", "--query.lookback-delta=1m\n"));
		assertThat(targets.instances().keySet()).containsExactly(new Service("dev", "payments"));
		assertThat(names("targets")).containsExactly("payments.yml");
		assertThat(read("prometheus/assembled/rules/more.yml")).isEqualTo("groups: []\n");
		assertThat(read("prometheus/assembled/flags")).isEqualTo("--query.lookback-delta=1m\n");
	}

	@Test
	void isForItsOwnerOnly() throws IOException {
		Assembly.assemble(request());
		Assembly.apply(this.data, TimeScale.NORMAL);
		try (Stream<Path> files = Files.walk(this.data)) {
			for (Path file : files.filter((path) -> !Files.isSymbolicLink(path)).toList()) {
				assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).as("%s", file)
					.isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
			}
		}
	}

	// --- What is refused

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '^',
			textBlock = """
					prometheus-rules/errors.yml         | for: 5m                 | for: soon             | promtool refuses the configuration of prometheus: .*prometheus-rules/errors\\.yml: .*not a valid duration string: .*soon.*
					stack/prometheus/prometheus.yml     | scrape_interval: 15s    | scrape_intervals: 15s | promtool refuses the configuration of prometheus: .*stack/prometheus/prometheus\\.yml.*scrape_intervals.*
					stack/prometheus/prometheus.yml     | rule_files: [rules/*.yml] | rule_files: [      | stack/prometheus/prometheus\\.yml, line [0-9]+: this is not valid YAML: .*
					prometheus-rules/meta.yml           | groups:                 | groups: [             | prometheus-rules/meta\\.yml, line [0-9]+: this is not valid YAML: .*
					alertmanager/alertmanager.yml       | receiver: owners        | receiver: pigeons     | amtool refuses the configuration of alertmanager: .*undefined receiver "pigeons".*
					alertmanager/templates/slack.tmpl   | {{ define "flowforge.   | {{ defin "flowforge.  | amtool refuses the configuration of alertmanager: .*function "defin" not defined.*
					alertmanager/receivers/slack.yml    | slack_configs:          | slack_configs: [      | alertmanager/receivers/slack\\.yml, line [0-9]+: this is not valid YAML: .*
					stack/prometheus/targets/samples.yml | [localhost:18080]      | [localhost]           | stack/prometheus/targets/samples\\.yml, entry 1: localhost has no port: write 'localhost:8080'\\.
					""")
	void whatIsInUseStaysWhereSomethingIsWrong(String file, String good, String bad, String message)
			throws IOException {
		Assembly.assemble(request());
		Map<String, String> before = everything();
		TestRepository.change(this.repository, file, good, bad);
		assertThatExceptionOfType(StackException.class).isThrownBy(() -> Assembly.assemble(checkedRequest()))
			.satisfies((ex) -> assertThat(ex.getMessage()).matches(message).hasLineCount(1));
		assertThat(everything()).isEqualTo(before);
	}

	@Test
	void aToolThatSaysLittleIsQuoted() {
		assertRefused(
				AssemblyRequest.of(this.repository, this.data,
						(folder, tool, arguments) -> new Programs.Result(125,
								"Unable to find image\n\nno network\n\n")),
				"promtool refuses the configuration of prometheus: no network");
		assertRefused(
				AssemblyRequest.of(this.repository, this.data, (folder, tool, arguments) -> new Programs.Result(1, "")),
				"promtool refuses the configuration of prometheus: it says nothing.");
		assertThat(everything()).isEmpty();
	}

	// --- Services whose targets are removed

	@Test
	void aRemovedServiceIsRetiredUntilItIsBackOrForgotten() throws IOException {
		Path payments = this.data.resolve("targets/payments.yml");
		write(payments, PAYMENTS);
		assembleAt("2026-11-28T12:00:00Z");
		assertThat(names("rules")).doesNotContain("retired.yml");

		Files.delete(payments);
		assembleAt("2026-11-28T13:00:00Z");
		assertThat(read("prometheus/assembled/rules/retired.yml"))
			.contains("flowforge:service_retired", "application: payments", "environment: dev")
			.doesNotContain("orders-service");
		assembleAt("2026-11-28T20:00:00Z");
		assertThat(names("rules")).contains("retired.yml");
		assembleAt("2026-11-28T20:00:01Z");
		assertThat(names("rules")).doesNotContain("retired.yml");

		write(payments, PAYMENTS);
		assembleAt("2026-11-28T21:00:00Z");
		Files.delete(payments);
		assembleAt("2026-11-28T21:10:00Z");
		assertThat(names("rules")).contains("retired.yml");
		write(payments, PAYMENTS);
		assembleAt("2026-11-28T21:20:00Z");
		assertThat(names("rules")).doesNotContain("retired.yml");
	}

	@Test
	void samplesThatAreLeftOutAreRetiredAndTheirAddressesAreFree() throws IOException {
		Map<String, String> addresses = Map.of("localhost:18080", "orders-service:18080");
		Assembly.assemble(request().containers(true).sampleAddresses(addresses));
		assertThat(names("targets")).containsExactly("samples.yml");

		write(this.data.resolve("targets/payments.yml"), PAYMENTS.replace("8082", "18080"));
		Assembly.assemble(request().containers(true).sampleAddresses(addresses).withoutSamples());
		assertThat(names("targets")).containsExactly("payments.yml");
		assertThat(read("prometheus/assembled/targets/payments.yml")).contains("[host.docker.internal:18080]");
		assertThat(read("prometheus/assembled/rules/retired.yml")).contains("application: orders-service",
				"application: inventory-service");
	}

	@Test
	void aDamagedFolderOfTheLastTimeIsNotInTheWay() throws IOException {
		Assembly.assemble(request());
		Files.writeString(this.data.resolve("prometheus/assembled/targets/samples.yml"), "no: list");
		Assembly.assemble(request());
		assertThat(read("prometheus/assembled/targets/samples.yml")).contains("orders-service");
	}

	private void assembleAt(String moment) {
		Assembly.assemble(request(), Clock.fixed(Instant.parse(moment), ZoneOffset.UTC));
	}

	// --- What comes into use

	@Test
	void comesIntoUseAtTheGivenSpeed() throws IOException {
		Assembly.assemble(checkedRequest());
		Assembly.AppliedChanges changes = Assembly.apply(this.data, TimeScale.parse("20"));
		assertThat(changes).isEqualTo(new Assembly.AppliedChanges(Set.of("prometheus", "alertmanager", "loki"), true));
		assertThat(read("prometheus/config/prometheus.yml")).contains("\n  scrape_interval: 750ms\n");
		assertThat(read("prometheus/config/rules/errors.yml")).contains("for: 15s\n")
			.doesNotContain("rate(flowforge_http_requests_total[5m])");
		assertThat(read("prometheus/config/flags")).contains("\n--query.lookback-delta=15s\n");
		assertThat(read("alertmanager/config/alertmanager.yml")).contains("\n  repeat_interval: 720s\n");
		assertThat(read("loki/config/fake/logs.yml")).contains("[15s]");
		assertThat(this.data.resolve("prometheus/config/targets/samples.yml"))
			.hasSameTextualContentAs(this.data.resolve("prometheus/assembled/targets/samples.yml"));
		assertThat(Programs.run(this.data.resolve("prometheus/config"), "promtool", "check", "config", "prometheus.yml")
			.output()).contains("SUCCESS").doesNotContain("FAILED");
		assertThat(Programs.run(this.data.resolve("alertmanager/config"), "amtool", "check-config", "alertmanager.yml")
			.isSuccess()).isTrue();

		assertThat(Assembly.apply(this.data, TimeScale.NORMAL).parts()).contains("prometheus", "alertmanager", "loki");
		assertThat(this.data.resolve("prometheus/config/flags"))
			.hasSameTextualContentAs(this.repository.file("stack/prometheus/flags"));
	}

	@Test
	void saysWhatHasChangedAndTouchesNothingElse() throws IOException {
		Assembly.assemble(request());
		Assembly.apply(this.data, TimeScale.NORMAL);
		Path samples = this.data.resolve("prometheus/config/targets/samples.yml");
		FileTime longAgo = FileTime.from(Instant.EPOCH.plus(Duration.ofDays(1)));
		Files.setLastModifiedTime(samples, longAgo);
		assertThat(applied()).isEqualTo(new Assembly.AppliedChanges(Set.of(), false));

		write(this.data.resolve("targets/payments.yml"), PAYMENTS);
		assertThat(applied()).isEqualTo(new Assembly.AppliedChanges(Set.of("prometheus"), false));
		assertThat(read("prometheus/config/targets/payments.yml")).isEqualTo(PAYMENTS);

		TestRepository.change(this.repository, "alertmanager/templates/slack.tmpl", "{{ define", "\n{{ define");
		assertThat(applied()).isEqualTo(new Assembly.AppliedChanges(Set.of("alertmanager"), false));

		TestRepository.change(this.repository, "stack/loki/rules/fake/logs.yml", "[5m]", "[6m]");
		assertThat(applied()).isEqualTo(new Assembly.AppliedChanges(Set.of("loki"), false));

		TestRepository.change(this.repository, "stack/prometheus/flags", "=30s", "=31s");
		assertThat(applied()).isEqualTo(new Assembly.AppliedChanges(Set.of(), true));
		assertThat(Files.getLastModifiedTime(samples)).isEqualTo(longAgo);
	}

	@Test
	void whatIsGoneIsRemovedAndTheSecretsStay() throws IOException {
		write(this.data.resolve("targets/payments.yml"), PAYMENTS);
		Secrets.read((name) -> null).write(this.data, "http://localhost:8090/slack/webhook");
		applied();
		assertThat(this.data.resolve("alertmanager/config/secrets/slack-api-url"))
			.hasContent("http://localhost:8090/slack/webhook");

		Files.delete(this.data.resolve("targets/payments.yml"));
		assertThat(applied().parts()).containsExactly("prometheus");
		assertThat(this.data.resolve("prometheus/config/targets/payments.yml")).doesNotExist();
		assertThat(this.data.resolve("alertmanager/config/secrets/slack-api-url")).exists();
		try (Stream<Path> left = Files.list(this.data.resolve("prometheus"))) {
			assertThat(left.map((path) -> path.getFileName().toString())).containsExactlyInAnyOrder("assembled",
					"config", "retired.yml");
		}
	}

	/**
	 * Prometheus watches the files: while one changes, every reader must see the whole
	 * old or the whole new one.
	 * @throws Exception if a file cannot be read
	 */
	@Test
	void nobodySeesHalfAFile() throws Exception {
		Assembly.assemble(request());
		Assembly.apply(this.data, TimeScale.NORMAL);
		Path watched = this.data.resolve("prometheus/config/rules/identity.yml");
		Set<String> whole = Set.of(Files.readString(watched),
				TimeScale.parse("20").shortenYaml("", Files.readString(watched)));
		Thread writer = new Thread(() -> {
			for (int i = 0; i < 6; i++) {
				Assembly.apply(this.data, (i % 2 == 0) ? TimeScale.parse("20") : TimeScale.NORMAL);
			}
		});
		writer.start();
		while (writer.isAlive()) {
			assertThat(whole).contains(Files.readString(watched));
		}
	}

	@Test
	void nothingComesIntoUseBeforeItIsAssembled() {
		assertThatExceptionOfType(StackException.class).isThrownBy(() -> Assembly.apply(this.data, TimeScale.NORMAL))
			.withMessage("Nothing has been assembled in %s yet: start the stack with 'make dev'.".formatted(this.data));
	}

	private Assembly.AppliedChanges applied() {
		Assembly.assemble(request());
		return Assembly.apply(this.data, TimeScale.NORMAL);
	}

	private static void assertRefused(AssemblyRequest request, String message) {
		assertThatExceptionOfType(StackException.class).isThrownBy(() -> Assembly.assemble(request))
			.withMessage(message);
	}

	private List<String> names(String kind) {
		return PrivateFiles.list(this.data.resolve("prometheus/assembled").resolve(kind))
			.stream()
			.map(Path::toString)
			.toList();
	}

	private Map<String, String> everything() {
		Map<String, String> files = new TreeMap<>();
		PrivateFiles.list(this.data)
			.forEach((file) -> files.put(file.toString(), TextFile.read(this.data.resolve(file))));
		return files;
	}

	private String read(String file) throws IOException {
		return Files.readString(this.data.resolve(file));
	}

	private static void write(Path file, String text) throws IOException {
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

}
