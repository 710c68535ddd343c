package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.build.Collector;
import io.flowforge.launcher.config.Assembly;
import io.flowforge.launcher.config.AssemblyRequest;
import io.flowforge.launcher.config.Links;
import io.flowforge.launcher.config.Notifications;
import io.flowforge.launcher.config.WarningsOffHours;
import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.RequiredPrograms;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Helm chart: for each of its examples, objects that Kubernetes and the Prometheus
 * Operator take, with the same rules, routes, messages and dashboards as elsewhere.
 */
class ChartTests {

	private static final Repository REPOSITORY = Repository.around(Path.of(""));

	private static final String MOUNTED_SECRETS = "/etc/alertmanager/secrets/flowforge-notify/";

	private static final List<String> SWITCHES = List.of("rules", "services", "prometheus", "alertmanager",
			"grafana.dashboards", "networkPolicy", "podDisruptionBudget");

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final Map<Example, Chart> RENDERED = new EnumMap<>(Example.class);

	@ParameterizedTest
	@EnumSource
	void objectsFollowTheSchemasOfKubernetesAndOfTheOperator(Example example) {
		Chart chart = rendered(example);
		KubernetesSchemas schemas = KubernetesSchemas.fetch();
		assertThat(chart.objects()).hasSizeGreaterThan(10)
			.allSatisfy((object) -> assertThat(schemas.violations(object)).isEmpty());
		Map<String, Object> mistaken = new HashMap<>(chart.objects("PodDisruptionBudget").get(0));
		mistaken.put("spec", Map.of("maxUnavailabel", 1));
		assertThat(schemas.violations(mistaken)).anyMatch((violation) -> violation.contains("maxUnavailabel"));
	}

	@ParameterizedTest
	@EnumSource
	void lintFindsNothing(Example example) {
		assertThat(Chart.helm("lint", example.arguments("--strict")).orElseThrow()).contains("0 chart(s) failed")
			.doesNotContain("[WARNING]");
	}

	@ParameterizedTest
	@EnumSource
	void rulesAreThoseOfTheRuleFiles(Example example, @TempDir Path folder) throws IOException {
		Object spec = rendered(example).object("PrometheusRule", "flowforge").get("spec");
		List<Map<String, Object>> expected = new ArrayList<>();
		String runbooks = example.links.runbooks();
		for (Path file : REPOSITORY.yamlFiles("prometheus-rules")) {
			String text = Files.readString(file);
			text = runbooks.isEmpty() ? text.replaceAll("(?m)^ *runbook_url: .*\n", "")
					: text.replace(Links.STANDARD.runbooks() + "/", runbooks + "/");
			Map<String, Object> rules = Chart.yaml().load(text);
			expected.addAll(Chart.list(rules.get("groups")));
		}
		if (example == Example.BESIDE_KUBE_PROMETHEUS) {
			expected.forEach((group) -> group.put("interval", "15s"));
		}
		assertThat(spec).isEqualTo(Map.of("groups", expected));
		Path rules = Files.writeString(folder.resolve("rules.yml"), JSON.writeValueAsString(spec));
		Programs
			.run(folder, RequiredPrograms.require("promtool").toString(), "check", "rules", "--lint=all",
					"--lint-fatal", rules.toString())
			.orElseThrow();
	}

	@ParameterizedTest
	@EnumSource
	void routesAndMessagesAreThoseThatTheLauncherAssembles(Example example, @TempDir Path folder) throws IOException {
		Map<String, Object> files = Chart
			.map(rendered(example).object("Secret", "flowforge-alertmanager").get("stringData"));
		String configuration = String.valueOf(files.get("alertmanager.yaml"));
		Path assembled = example.assemble(folder);
		String expected = Files.readString(assembled.resolve("alertmanager.yml"))
			.replace("templates/", "/etc/alertmanager/config/")
			.replace("secrets/", MOUNTED_SECRETS);
		assertThat(Chart.yaml().<Object>load(configuration)).isEqualTo(example.adapted(Chart.yaml().load(expected)));
		try (Stream<Path> templates = Files.list(assembled.resolve("templates"))) {
			for (Path template : templates.toList()) {
				assertThat(files.get(template.getFileName().toString())).as(template.toString())
					.isEqualTo(Files.readString(template));
			}
		}

		// Debian's amtool is older than files for the URLs of webhooks.
		Files.writeString(assembled.resolve("alertmanager.yml"),
				configuration.replace("/etc/alertmanager/config/", "templates/")
					.replaceAll(" url_file: .*", " url: https://switch.example"));
		Programs.run(assembled, RequiredPrograms.require("amtool").toString(), "check-config", "alertmanager.yml")
			.orElseThrow();
	}

	@ParameterizedTest
	@ValueSource(strings = { "opsgenie", "pagerduty", "teams", "webhook" })
	void receiversOfTheLauncherAreValues(String name) throws IOException {
		String file = "alertmanager/receivers/examples/%s.yml".formatted(name);
		Chart chart = Chart.render("--values=" + REPOSITORY.file(file));
		Map<String, Object> receivers = Chart.yaml()
			.load(Files.readString(REPOSITORY.file(file)).replace("secrets/", MOUNTED_SECRETS));
		Map<String, Object> configuration = Chart.yaml()
			.load(String.valueOf(Chart.map(chart.object("Secret", "flowforge-alertmanager").get("stringData"))
				.get("alertmanager.yaml")));
		assertThat(Chart.list(configuration.get("receivers"))).containsAll(Chart.list(receivers.get("receivers")));
		assertThat(spec(chart.object("Alertmanager", "flowforge"))).containsEntry("secrets",
				List.of("flowforge-notify"));
	}

	@Test
	void prometheusOfKubePrometheusTakesItsSideOfTheExample(@TempDir Path folder) throws IOException {
		Map<String, Object> values = Chart.yaml()
			.load(Files.readString(REPOSITORY.file("stack/kubernetes/examples/kube-prometheus-stack.yaml")));
		Map<String, Object> prometheus = Chart.map(Chart.map(values.get("prometheus")).get("prometheusSpec"));
		List<Map<String, Object>> alertmanagers = Chart.list(prometheus.remove("additionalAlertManagerConfigs"));
		// Debian's promtool is older than relabelling for a single Alertmanager.
		Object relabelling = Objects.requireNonNull(alertmanagers.get(0).remove("alert_relabel_configs"));
		Files.writeString(folder.resolve("prometheus.yml"), new Yaml()
			.dump(Map.of("alerting", Map.of("alertmanagers", alertmanagers, "alert_relabel_configs", relabelling))));
		Programs.run(folder, RequiredPrograms.require("promtool").toString(), "check", "config", "prometheus.yml")
			.orElseThrow();
		// The same that the one of the chart has.
		prometheus.putAll(Chart.map(prometheus.remove("additionalConfig")));
		assertThat(spec(rendered(Example.MINIMAL).object("Prometheus", "flowforge"))).containsAllEntriesOf(prometheus);
	}

	@ParameterizedTest
	@EnumSource
	void dashboardsAreThoseOfTheFilesWithDataSourcesOfTheirOwn(Example example) throws IOException {
		Chart chart = rendered(example);
		String prometheus = (example == Example.BESIDE_KUBE_PROMETHEUS) ? "prometheus" : "flowforge-prometheus";
		try (Stream<Path> files = Files.list(REPOSITORY.file("grafana/dashboards"))) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".json")).toList()) {
				String name = file.getFileName().toString();
				Map<String, Object> map = chart.object("ConfigMap", "flowforge-dashboard-" + name.replace(".json", ""));
				assertThat(Chart.map(Chart.map(map.get("metadata")).get("labels"))).containsEntry("grafana_dashboard",
						"1");
				JsonNode expected = JSON.readTree(Files.readString(file));
				expected.at("/templating/list")
					.valueStream()
					.filter((variable) -> variable.path("query").asString("").equals("prometheus"))
					.forEach((variable) -> ((ObjectNode) variable.path("current")).put("value", prometheus));
				JsonNode actual = JSON.readTree(String.valueOf(Chart.map(map.get("data")).get("flowforge-" + name)));
				assertThat(expected.equals(ChartTests::compare, actual)).as(name).isTrue();
			}
		}
	}

	// 1 and 1.0 are the same number.
	private static int compare(JsonNode one, JsonNode other) {
		if (one.isNumber() && other.isNumber()) {
			return one.decimalValue().compareTo(other.decimalValue());
		}
		return one.equals(other) ? 0 : 1;
	}

	@Test
	void collectorTakesItsConfiguration(@TempDir Path folder) throws IOException {
		Chart chart = rendered(Example.TWO_CLUSTERS);
		Map<String, Object> files = Chart.map(chart.object("ConfigMap", "flowforge-otel-collector").get("data"));
		assertThat(files.get("config.yaml"))
			.isEqualTo(Files.readString(REPOSITORY.file("stack/otel-collector/config.yaml")));
		Map<String, Object> container = container(chart);
		Map<String, String> environment = new HashMap<>(Map.of("VENDOR_API_KEY", "key"));
		Chart.list(container.get("env"))
			.stream()
			.filter((variable) -> variable.containsKey("value"))
			.forEach((variable) -> environment.put(variable.get("name").toString(), variable.get("value").toString()));
		assertThat(environment).containsEntry("OTEL_RESOURCE_ATTRIBUTES", "k8s.cluster.name=north")
			.containsEntry("COLLECTOR_LOGS_ENDPOINT", "http://loki.logging:3100/otlp");
		environment.put("COLLECTOR_DATA", folder.resolve("data").toString());
		for (Map.Entry<String, Object> file : files.entrySet()) {
			Files.writeString(folder.resolve(file.getKey()), file.getValue().toString());
		}
		Path collector = new Collector(REPOSITORY).find().orElse(null);
		Assumptions.assumeTrue(collector != null, TestBackends.NO_COLLECTOR);
		List<String> command = new ArrayList<>(List.of(collector.toString(), "validate"));
		((List<?>) Objects.requireNonNull(container.get("args")))
			.forEach((argument) -> command.add(argument.toString().replace("/etc/otelcol", folder.toString())));
		assertThat(command).contains("--config=" + folder.resolve("values.yaml"));
		Programs.run(folder, environment, "", Duration.ofMinutes(1), command).orElseThrow();
	}

	@Test
	void nothingRunsAsRootNorWritesOutsideItsVolumes() {
		Chart chart = rendered(Example.TWO_CLUSTERS);
		assertThat(Chart.map(container(chart).get("securityContext"))).containsEntry("readOnlyRootFilesystem", true)
			.containsEntry("allowPrivilegeEscalation", false)
			.containsEntry("capabilities", Map.of("drop", List.of("ALL")));
		// The operator adds the same to the containers of the others.
		Map<String, Object> pod = Chart
			.map(Chart.map(Chart.map(chart.objects("StatefulSet").get(0).get("spec")).get("template")).get("spec"));
		assertThat(Stream.of(pod, spec(chart.object("Prometheus", "flowforge")),
				spec(chart.object("Alertmanager", "flowforge"))))
			.allSatisfy((spec) -> assertThat(Chart.map(spec.get("securityContext"))).containsEntry("runAsNonRoot", true)
				.containsEntry("seccompProfile", Map.of("type", "RuntimeDefault")));
		assertThat(pod).containsEntry("automountServiceAccountToken", false);
		assertThat(spec(chart.object("Alertmanager", "flowforge"))).containsKey("storage");
	}

	@Test
	void versionsAndSizesAreThoseOfTheStack() throws IOException {
		Map<String, Object> parts = Chart.map(Chart.yaml()
			.<Map<String, Object>>load(Files.readString(REPOSITORY.file("stack/compose.yaml")))
			.get("services"));
		Map<String, Object> values = Chart.yaml()
			.load(Files.readString(REPOSITORY.file("stack/kubernetes/chart/values.yaml")));
		Map.of("prometheus", "prometheus", "alertmanager", "alertmanager", "collector", "otel-collector")
			.forEach((part, name) -> {
				Map<String, Object> value = Chart.map(values.get(part));
				Map<String, Object> service = Chart.map(parts.get(name));
				String version = part.equals("collector") ? String.valueOf(value.get("image"))
						: String.valueOf(value.get("version"));
				assertThat(String.valueOf(service.get("image"))).as(part).contains(version + "${");
				assertThat(Chart.map(Chart.map(value.get("resources")).get("limits"))).as(part)
					.containsEntry("memory",
							String.valueOf(service.get("mem_limit"))
								.replaceFirst("([mg])$", "$1i")
								.replace("mi", "Mi")
								.replace("gi", "Gi"));
			});
	}

	@Test
	void servicesAreScrapedAsByTheStack() throws IOException {
		Map<String, Object> configuration = Chart.yaml()
			.load(Files.readString(REPOSITORY.file("stack/prometheus/prometheus.yml")));
		Map<String, Object> job = Chart.list(configuration.get("scrape_configs")).get(0);
		Chart chart = rendered(Example.TWO_CLUSTERS);
		Map<String, Object> monitor = spec(chart.object("ServiceMonitor", "flowforge-services"));
		Map<String, Object> endpoint = Chart.list(monitor.get("endpoints")).get(0);
		Map<String, Object> global = Chart.map(configuration.get("global"));
		assertThat(List.of(monitor.get("sampleLimit"), monitor.get("labelLimit"), monitor.get("labelNameLengthLimit"),
				monitor.get("labelValueLengthLimit"), endpoint.get("path"), endpoint.get("interval"),
				endpoint.get("scrapeTimeout")))
			.isEqualTo(List.of(job.get("sample_limit"), job.get("label_limit"), job.get("label_name_length_limit"),
					job.get("label_value_length_limit"), job.get("metrics_path"), global.get("scrape_interval"),
					global.get("scrape_timeout")));
		assertThat(JSON.writeValueAsString(endpoint.get("metricRelabelings")).replace("sourceLabels", "source_labels"))
			.isEqualTo(JSON.writeValueAsString(job.get("metric_relabel_configs")));
		assertThat(Chart.list(endpoint.get("relabelings")))
			.contains(Map.of("targetLabel", "cluster", "replacement", "north"));

		Map<String, Object> prometheus = spec(chart.object("Prometheus", "flowforge"));
		Map<String, Object> alert = Chart.map(Chart.map(prometheus.get("rules")).get("alert"));
		assertThat(Files.readAllLines(REPOSITORY.file("stack/prometheus/flags"))).contains(
				"--rules.alert.for-grace-period=" + alert.get("forGracePeriod"),
				"--rules.alert.resend-delay=" + alert.get("resendDelay"), "--enable-feature=" + String.join(",",
						((List<?>) prometheus.get("enableFeatures")).stream().map(String::valueOf).toList()));
		assertThat(prometheus.get("evaluationInterval")).isEqualTo(global.get("evaluation_interval"));
	}

	@Test
	void nobodyMayWriteToPrometheusUnlessNamed() {
		assertThat(spec(rendered(Example.MINIMAL).object("Prometheus", "flowforge")))
			.containsEntry("enableRemoteWriteReceiver", false);
		assertThat(String.valueOf(rendered(Example.TWO_CLUSTERS).object("NetworkPolicy", "flowforge-prometheus")))
			.contains("app.kubernetes.io/name=tempo");
	}

	@Test
	void clustersDifferInTheirNamesOnly() {
		String north = Chart.helm("template", Example.TWO_CLUSTERS.arguments()).orElseThrow();
		String[] arguments = Example.TWO_CLUSTERS.arguments();
		arguments[arguments.length - 1] = "--set=cluster=south";
		assertThat(Chart.helm("template", arguments).orElseThrow()).isEqualTo(north.replace("north", "south"));
	}

	@Test
	void packageHasTheFilesThatTheFolderLinksTo(@TempDir Path folder) throws IOException {
		Chart.helm("package", "--destination=" + folder).orElseThrow();
		try (Stream<Path> files = Files.list(folder)) {
			Path archive = files.findFirst().orElseThrow();
			assertThat(Chart.renderPackage(archive).objects()).isEqualTo(Chart.render().objects());
			// With all that it creates, it is kept in a Secret, which holds a megabyte.
			assertThat(Files.size(archive)).isLessThan(200_000);
		}
	}

	@Test
	void eachPartCanBeSwitchedOff() {
		String[] off = SWITCHES.stream().map("--set=%s.enabled=false"::formatted).toArray(String[]::new);
		assertThat(Chart.render(off).objects()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'',
			textBlock = """
					timeZone=Vienna                                         | timeZone
					clutser=north                                           | clutser
					links.grafana=grafana.example.com                       | grafana
					notifications.channels={pager}                          | channels
					notifications.channels={email}                          | notifications.email.from must be
					notifications.warningsOffHours=night@example.com        | notifications.channels must have email
					notifications.email.teams.checkout=nobody               | checkout
					prometheus.remoteWriteReceiver.enabled=true             | prometheus.remoteWriteReceiver is open to everybody
					alertmanager.enabled=false                              | prometheus.alertmanagers must name
					collector.enabled=true                                  | collector.tracesEndpoint or collector.logsEndpoint must say
					collector.queueBytes=5                                  | queueBytes
					'receivers[0].name=owners,receivers[0].pagerduty_configs[0].routing_key=abc' | receivers: owners.pagerduty_configs.routing_key would put a secret into the values
					'receivers[0].name=others'                              | receivers
					""")
	void wrongValueIsOneClearError(String value, String said) {
		Programs.Result result = Chart.helm("template", "--set=" + value);
		assertThat(result.isSuccess()).isFalse();
		assertThat(result.output().lines().filter((line) -> line.contains(said))).as(result.output()).hasSize(1);
		assertThat(result.output().lines().filter((line) -> line.startsWith("- at ")).count()).as(result.output())
			.isLessThanOrEqualTo(1);
	}

	@Test
	void eachValueHasAComment() throws IOException {
		List<String> lines = Files.readAllLines(REPOSITORY.file("stack/kubernetes/chart/values.yaml"));
		List<String> undocumented = new ArrayList<>();
		for (int i = 1; i < lines.size(); i++) {
			String line = lines.get(i);
			boolean value = line.matches(" *[a-zA-Z]+: .+") || line.matches("[a-zA-Z]+:");
			if (value && !line.matches(" *(enabled|requests|limits|image|storage|podSelector): .*|links:")
					&& !lines.get(i - 1).strip().startsWith("#")) {
				undocumented.add(line);
			}
		}
		assertThat(undocumented).isEmpty();
	}

	@Test
	void schemaKnowsNoOtherValues() throws IOException {
		Map<String, Object> values = Chart.yaml()
			.load(Files.readString(REPOSITORY.file("stack/kubernetes/chart/values.yaml")));
		JsonNode schema = JSON.readTree(Files.readString(REPOSITORY.file("stack/kubernetes/chart/values.schema.json")));
		Set<String> known = new TreeSet<>();
		names("", schema, known);
		Set<String> there = new TreeSet<>();
		names("", values, there);
		there.add("/global");
		assertThat(known).allSatisfy((name) -> assertThat(there).contains(name));
	}

	// Of objects, not of what lists have.
	private static void names(String path, JsonNode schema, Set<String> names) {
		schema.path("properties").properties().forEach((property) -> {
			String name = path + "/" + property.getKey();
			names.add(name);
			names(name, property.getValue(), names);
		});
	}

	private static void names(String path, Object value, Set<String> names) {
		if (value instanceof Map<?, ?> map) {
			map.forEach((key, child) -> {
				names.add(path + "/" + key);
				names(path + "/" + key, child, names);
			});
		}
	}

	private static Chart rendered(Example example) {
		return RENDERED.computeIfAbsent(example, (key) -> Chart.render(key.arguments()));
	}

	private static Map<String, Object> spec(Map<String, Object> object) {
		return Chart.map(object.get("spec"));
	}

	private static Map<String, Object> container(Chart chart) {
		Map<String, Object> template = Chart
			.map(spec(chart.object("StatefulSet", "flowforge-otel-collector")).get("template"));
		return Chart.list(Chart.map(template.get("spec")).get("containers")).get(0);
	}

	/**
	 * The files of {@code stack/kubernetes/examples}, and what says the same to the
	 * launcher.
	 */
	enum Example {

		MINIMAL("minimal.yaml",
				new Links("https://grafana.example.com", false, "1", "loki", "tempo", "", "", "", "",
						"https://alertmanager.example.com", ""),
				Map.of("FLOWFORGE_NOTIFY", "slack")),

		BESIDE_KUBE_PROMETHEUS("beside-kube-prometheus.yaml",
				new Links("https://grafana.example.com", false, "1", "loki", "tempo", "", "", "",
						"https://prometheus.example.com", "https://flowforge-alertmanager.example.com",
						"https://wiki.example.com/runbooks"),
				Map.of("FLOWFORGE_NOTIFY", "slack-email", "FLOWFORGE_SLACK_CHANNEL", "#incidents",
						"FLOWFORGE_SMTP_SMARTHOST", "smtp.example.com:587", "FLOWFORGE_SMTP_USERNAME",
						"alerts@example.com", "FLOWFORGE_EMAIL_FROM", "alerts@example.com", "FLOWFORGE_EMAIL_TO",
						"on-call@example.com", "FLOWFORGE_WARNINGS_OFF_HOURS", "morning")),

		TWO_CLUSTERS("two-clusters.yaml",
				new Links("https://grafana.example.com", false, "1", "loki", "tempo", "", "", "",
						"https://prometheus.example.com", "https://alertmanager.example.com",
						"https://wiki.example.com/runbooks"),
				Map.ofEntries(Map.entry("FLOWFORGE_NOTIFY", "slack-email"),
						Map.entry("FLOWFORGE_SMTP_SMARTHOST", "smtp.example.com:587"),
						Map.entry("FLOWFORGE_SMTP_USERNAME", "alerts@example.com"),
						Map.entry("FLOWFORGE_EMAIL_FROM", "alerts@example.com"),
						Map.entry("FLOWFORGE_EMAIL_TO", "on-call@example.com"),
						Map.entry("FLOWFORGE_PLATFORM_NOTIFY", "slack-email"),
						Map.entry("FLOWFORGE_PLATFORM_SLACK_CHANNEL", "#platform-alerts"),
						Map.entry("FLOWFORGE_PLATFORM_SLACK_BOT_TOKEN_FILE", "there"),
						Map.entry("FLOWFORGE_PLATFORM_SMTP_SMARTHOST", "smtp.elsewhere.example:587"),
						Map.entry("FLOWFORGE_PLATFORM_SMTP_USERNAME", "platform@example.com"),
						Map.entry("FLOWFORGE_PLATFORM_EMAIL_TO", "platform@example.com"),
						Map.entry("FLOWFORGE_WARNINGS_OFF_HOURS", "night-shift@example.com")));

		private final String file;

		private final Links links;

		private final Map<String, String> variables;

		Example(String file, Links links, Map<String, String> variables) {
			this.file = file;
			this.links = links;
			this.variables = variables;
		}

		String[] arguments(String... more) {
			List<String> arguments = new ArrayList<>(Arrays.asList(more));
			arguments.add("--values=examples/" + this.file);
			if (this == TWO_CLUSTERS) {
				arguments.add("--set=cluster=north");
			}
			return arguments.toArray(String[]::new);
		}

		/**
		 * Have the launcher assemble the same.
		 * @param folder a folder for it
		 * @return the folder with what Alertmanager runs on
		 */
		Path assemble(Path folder) throws IOException {
			String text = Files.readString(REPOSITORY.file("stack/kubernetes/examples/" + this.file));
			Map<String, Object> values = Chart.yaml().load(text);
			Map<String, String> environment = new TreeMap<>(this.variables);
			if (this == TWO_CLUSTERS) {
				Path receivers = Files.createDirectory(folder.resolve("receivers"));
				Files.writeString(receivers.resolve("own.yml"),
						text.substring(text.indexOf("\nreceivers:"), text.indexOf("\nprometheus:")));
				environment.put("FLOWFORGE_RECEIVERS", receivers.toString());
				Object teams = Chart.map(Chart.map(values.get("notifications")).get("email")).get("teams");
				Path file = Files.writeString(folder.resolve("teams.yml"), new Yaml().dump(teams));
				environment.put("FLOWFORGE_TEAM_ADDRESSES", file.toString());
			}
			Assembly
				.assemble(AssemblyRequest.of(REPOSITORY, folder, (tool, where, arguments) -> new Programs.Result(0, ""))
					.notifications(Notifications.from(environment::get))
					.warningsOffHours(WarningsOffHours.from(environment::get))
					.links(this.links));
			return folder.resolve("alertmanager/assembled");
		}

		/**
		 * What the launcher cannot be asked for.
		 * @param configuration the configuration of Alertmanager as it has assembled it
		 * @return the configuration as it must be
		 */
		Map<String, Object> adapted(Map<String, Object> configuration) {
			List<Map<String, Object>> receivers = Chart.list(configuration.get("receivers"));
			for (Map<String, Object> receiver : receivers) {
				if (receiver.get("name").equals("dead-mans-switch")) {
					if (this == TWO_CLUSTERS) {
						Map<String, Object> webhook = Chart.list(receiver.get("webhook_configs")).get(0);
						webhook.remove("url");
						webhook.put("url_file", MOUNTED_SECRETS + "watchdog-url");
					}
					else {
						receiver.remove("webhook_configs");
					}
				}
				if (this == BESIDE_KUBE_PROMETHEUS && receiver.containsKey("slack_configs")) {
					Chart.list(receiver.get("slack_configs")).forEach((slack) -> slack.remove("http_config"));
				}
			}
			if (this != MINIMAL) {
				Chart.list(configuration.get("time_intervals"))
					.forEach((interval) -> Chart.list(interval.get("time_intervals"))
						.forEach((time) -> time.put("location", "Europe/Vienna")));
			}
			return configuration;
		}

	}

}
