package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.process.Programs;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code stack/compose.yaml} says, as Docker Compose reads it: by its plugin, or by
 * the library that the plugin itself is made with.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComposeTests {

	private static final Repository REPOSITORY = Repository.around(Path.of(""));

	// With all that is there, so that a rule below holds for every service.
	private static final String EVERYTHING = "full,ha,samples";

	private static final String[] PLUGIN = { "docker", "compose", "--file", "compose.yaml", "config", "--format",
			"json" };

	private static final String PROGRAM = REPOSITORY.file("system-tests/src/test/compose-config").toString();

	private static final String[] LIBRARY = { "go", "-C", PROGRAM, "run", ".",
			REPOSITORY.file("stack/compose.yaml").toString() };

	// Go compiles the library the first time.
	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	private final Map<Map<String, String>, JsonNode> models = new HashMap<>();

	private String[] reader;

	// Not by reading the file: one that is wrong must not skip its tests.
	@BeforeAll
	void findReader() {
		boolean plugin = succeeds("docker", "compose", "version");
		Assumptions.assumeTrue(plugin || succeeds("go", "-C", PROGRAM, "build", "-o", "/dev/null", "."),
				"There is neither Docker's Compose plugin nor Go, with which the library behind it is built");
		this.reader = plugin ? PLUGIN : LIBRARY;
	}

	private static boolean succeeds(String... command) {
		return run(command, Map.of()).filter(Programs.Result::isSuccess).isPresent();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					full            | alert-inbox alertmanager grafana loki node-exporter otel-collector otel-collector-health prometheus tempo
					full,samples    | alert-inbox alertmanager grafana inventory-service loki node-exporter orders-service otel-collector otel-collector-health prometheus tempo
					full,ha,samples | alert-inbox alertmanager alertmanager-2 grafana inventory-service loki node-exporter orders-service otel-collector otel-collector-health prometheus tempo
					slim            | alert-inbox alertmanager node-exporter otel-collector otel-collector-health prometheus
					slim,samples    | alert-inbox alertmanager inventory-service node-exporter orders-service otel-collector otel-collector-health prometheus
					""")
	void profileChoosesServices(String profile, String services) {
		assertThat(model(Map.of("COMPOSE_PROFILES", profile)).path("services").propertyNames())
			.containsExactlyInAnyOrder(services.split(" "));
	}

	@ParameterizedTest
	@ValueSource(strings = { ".env", "profiles/slim.env", "profiles/ha.env" })
	void samplesArePartOfItUnlessTheirProfileIsLeftOut(String file) throws IOException {
		Map<String, String> variables = variables(file);
		JsonNode services = model(variables).path("services");
		assertThat(services.propertyNames()).contains("inventory-service", "orders-service");
		assertThat(services.at("/prometheus/depends_on/orders-service/condition").stringValue())
			.isEqualTo("service_healthy");
		variables.computeIfPresent("COMPOSE_PROFILES", (name, profiles) -> profiles.replace(",samples", ""));
		assertThat(model(variables).path("services").propertyNames()).contains("alert-inbox", "prometheus")
			.doesNotContain("inventory-service", "orders-service");
	}

	Stream<Map.Entry<String, JsonNode>> services() {
		return model(Map.of("COMPOSE_PROFILES", EVERYTHING)).path("services").propertyStream();
	}

	@ParameterizedTest
	@MethodSource("services")
	void hasNoMoreRightsThanItNeeds(Map.Entry<String, JsonNode> service) {
		JsonNode definition = service.getValue();
		assertThat(definition.path("read_only").booleanValue()).isTrue();
		assertThat(definition.path("user").stringValue()).isEqualTo("65534:65534");
		assertThat(strings(definition.path("cap_drop"))).containsExactly("ALL");
		assertThat(strings(definition.path("security_opt"))).containsExactly("no-new-privileges:true");
		assertThat(definition.has("privileged")).isFalse();
		assertThat(definition.has("mem_limit")).isTrue();
		definition.path("ports")
			.forEach((port) -> assertThat(port.path("host_ip").stringValue()).as("%s", port).isEqualTo("127.0.0.1"));
		definition.path("volumes")
			.valueStream()
			.filter((volume) -> volume.path("type").stringValue().equals("bind"))
			.forEach((volume) -> assertThat(volume.path("read_only").booleanValue()).as("%s", volume).isTrue());
	}

	@ParameterizedTest
	@MethodSource("services")
	void tellsWhetherItIsReady(Map.Entry<String, JsonNode> service) {
		// The Collector's image has no program for that: its neighbour asks.
		if (service.getKey().equals("otel-collector")) {
			assertThat(services().filter(
					(other) -> other.getValue().path("network_mode").stringValue("").equals("service:otel-collector")))
				.hasSize(1);
		}
		else {
			assertThat(service.getValue().at("/healthcheck/test").isEmpty()).isFalse();
		}
	}

	@ParameterizedTest
	@MethodSource("services")
	void imageIsOfOneVersionAndCanBeAnother(Map.Entry<String, JsonNode> service) {
		String image = service.getValue().path("image").stringValue();
		assertThat(image).matches("[a-z0-9./-]+:v?\\d+(\\.\\d+\\.\\d+|-jre)");
		Map<String, String> others = new TreeMap<>(Map.of("COMPOSE_PROFILES", EVERYTHING));
		Map<String, String> pinned = new TreeMap<>(others);
		for (String name : List.of("JRE", "COLLECTOR", "TEMPO", "LOKI", "PROMETHEUS", "ALERTMANAGER", "GRAFANA",
				"NODE_EXPORTER")) {
			others.put(name + "_IMAGE", "registry.example/" + name.toLowerCase(Locale.ROOT) + ":mine");
			pinned.put(name + "_DIGEST", "@sha256:" + "0".repeat(64));
		}
		assertThat(image(others, service.getKey())).startsWith("registry.example/").endsWith(":mine");
		assertThat(image(pinned, service.getKey())).isEqualTo(image + "@sha256:" + "0".repeat(64));
	}

	@Test
	void secretsAreFilesAndInNoEnvironment() {
		JsonNode model = model(Map.of("COMPOSE_PROFILES", EVERYTHING, "FLOWFORGE_DATA", "/data"));
		assertThat(model.path("secrets").propertyNames()).containsExactly("grafana-admin-password");
		assertThat(model.path("secrets").valueStream()).allSatisfy(
				(secret) -> assertThat(secret.path("file").stringValue()).startsWith("/data/").contains("/secrets/"));
		model.path("services")
			.forEach((service) -> service.path("environment")
				.propertyStream()
				.filter((variable) -> variable.getKey().matches(".*(PASSWORD|TOKEN|SECRET).*"))
				.forEach((variable) -> assertThat(variable.getValue().stringValue()).contains("/run/secrets/")));
	}

	@Test
	void slimCollectorDeliversNowhere() throws IOException {
		JsonNode slim = model(variables("profiles/slim.env"));
		assertThat(slim.path("services").has("loki")).isFalse();
		assertThat(slim.at("/services/otel-collector/environment/COLLECTOR_TRACES_EXPORTER").stringValue())
			.isEqualTo("nop");
		assertThat(slim.at("/services/otel-collector/environment/COLLECTOR_LOGS_EXPORTER").stringValue())
			.isEqualTo("nop");
	}

	@Test
	void pairFindsItself() throws IOException {
		JsonNode pair = model(variables("profiles/ha.env"));
		assertThat(strings(pair.at("/services/alertmanager/command")))
			.contains("--cluster.listen-address=0.0.0.0:9094");
		assertThat(strings(pair.at("/services/alertmanager-2/command"))).contains("--cluster.peer=alertmanager:9094",
				"--cluster.listen-address=0.0.0.0:9094");
		assertThat(pair.at("/services/loki/environment/LOKI_ALERTMANAGERS").stringValue())
			.isEqualTo("http://alertmanager:9093,http://alertmanager-2:9093");
	}

	// The same files serve processes, for which a test of the launcher says the same.
	@Test
	void grafanaIsGivenWhatItsFilesAskFor() throws IOException {
		String files = Files.readString(REPOSITORY.file("grafana/provisioning/datasources/flowforge.yml"))
				+ Files.readString(REPOSITORY.file("grafana/provisioning/dashboards/flowforge.yml"));
		Set<String> asked = Pattern.compile("(?m)(?:url|path): \\$([A-Z_]+)$")
			.matcher(files)
			.results()
			.map((variable) -> variable.group(1))
			.collect(Collectors.toSet());
		assertThat(asked).hasSize(5);
		JsonNode grafana = model(Map.of("COMPOSE_PROFILES", EVERYTHING)).at("/services/grafana");
		assertThat(grafana.path("environment").propertyNames()).containsAll(asked);
		assertThat(grafana.path("volumes").findValues("target").stream().map(JsonNode::stringValue))
			.contains(grafana.at("/environment/DASHBOARDS_PATH").stringValue());
	}

	private static Map<String, String> variables(String file) throws IOException {
		Properties variables = new Properties();
		try (Reader reader = Files.newBufferedReader(REPOSITORY.file("stack/" + file))) {
			variables.load(reader);
		}
		return variables.stringPropertyNames()
			.stream()
			.collect(Collectors.toMap(UnaryOperator.identity(), variables::getProperty));
	}

	private String image(Map<String, String> variables, String service) {
		return model(variables).path("services").path(service).path("image").stringValue();
	}

	private JsonNode model(Map<String, String> variables) {
		return this.models.computeIfAbsent(variables,
				(key) -> JsonMapper.shared().readTree(run(this.reader, key).orElseThrow().orElseThrow()));
	}

	// In an environment without what a person has set for a stack of their own.
	private static Optional<Programs.Result> run(String[] command, Map<String, String> variables) {
		Map<String, String> environment = new TreeMap<>();
		System.getenv()
			.keySet()
			.stream()
			.filter((name) -> name.matches("(FLOWFORGE|COLLECTOR|COMPOSE|LOKI)_.*|.*_(IMAGE|DIGEST)"))
			.forEach((name) -> environment.put(name, ""));
		environment.putAll(variables);
		return Programs.find(command[0])
			.map((program) -> Programs.run(REPOSITORY.file("stack"), environment, "", TIMEOUT, List.of(command)));
	}

	private static List<String> strings(JsonNode array) {
		return array.valueStream().map(JsonNode::stringValue).toList();
	}

}
