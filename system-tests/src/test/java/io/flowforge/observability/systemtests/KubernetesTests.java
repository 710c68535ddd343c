package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The manifests of {@code stack/kubernetes}: the same rules as elsewhere, in the words of
 * the Prometheus Operator.
 */
class KubernetesTests {

	private static final String OPERATOR = "github.com/prometheus-operator/prometheus-operator";

	private static final String VERSION = "v0.93.0";

	private static final JsonMapper JSON = JsonMapper.shared();

	@Test
	void rulesAreThoseOfTheRuleFiles() throws IOException {
		List<Object> groups = new ArrayList<>();
		for (Path file : Repository.yamlFiles("prometheus-rules")) {
			Map<String, List<Object>> rules = yaml().load(Files.readString(file));
			groups.addAll(Objects.requireNonNull(rules.get("groups")));
		}
		Map<String, Map<String, Object>> manifest = yaml()
			.load(Files.readString(Repository.file("stack/kubernetes/prometheus-rule.yaml")));
		assertThat(manifest.get("spec")).as("'make docs' writes stack/kubernetes/prometheus-rule.yaml anew")
			.isEqualTo(Map.of("groups", groups));
	}

	@Test
	void rulesAreRulesForPromtool(@TempDir Path folder) throws IOException {
		Map<String, Object> manifest = yaml()
			.load(Files.readString(Repository.file("stack/kubernetes/prometheus-rule.yaml")));
		Path rules = folder.resolve("rules.yml");
		Files.writeString(rules, JSON.writeValueAsString(manifest.get("spec")));
		Program
			.run(folder, Map.of(), "", Program.require("promtool").toString(), "check", "rules", "--lint=all",
					"--lint-fatal", rules.toString())
			.orElseThrow();
	}

	@ParameterizedTest
	@ValueSource(strings = { "prometheus-rule.yaml", "service-monitors.yaml", "prometheus.yaml", "alertmanager.yaml" })
	void manifestsFollowTheOperatorsSchemas(String file) throws IOException {
		Path definitions = definitions();
		String text = Files.readString(Repository.file("stack/kubernetes/" + file));
		List<Object> manifests = StreamSupport.stream(yaml().loadAll(text).spliterator(), false).toList();
		assertThat(manifests).isNotEmpty()
			.allSatisfy((manifest) -> assertThat(violations(manifest, definitions)).isEmpty());
	}

	@Test
	void whatTheOperatorDoesNotKnowIsRefused() throws IOException {
		Map<String, Map<String, Object>> manifest = yaml()
			.load(Files.readString(Repository.file("stack/kubernetes/prometheus.yaml")));
		manifest.get("spec").put("evaluationIntervall", "15s");
		assertThat(violations(manifest, definitions()))
			.anyMatch((violation) -> violation.contains("evaluationIntervall"));
	}

	@Test
	void kustomizationHasAllManifests() throws IOException {
		Map<String, List<String>> kustomization = yaml()
			.load(Files.readString(Repository.file("stack/kubernetes/kustomization.yaml")));
		try (Stream<Path> files = Files.list(Repository.file("stack/kubernetes"))) {
			assertThat(files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(".yaml") && !name.equals("kustomization.yaml")))
				.containsExactlyInAnyOrderElementsOf(kustomization.get("resources"));
		}
	}

	private static List<String> violations(Object manifest, Path definitions) throws IOException {
		JsonNode json = JSON.valueToTree(manifest);
		String kind = json.path("kind").asString("");
		JsonNode definition = JSON.valueToTree(yaml().load(Files
			.readString(definitions.resolve("monitoring.coreos.com_%ss.yaml".formatted(kind.toLowerCase(Locale.ROOT))
				.replace("prometheuss", "prometheuses")))));
		JsonNode schema = definition.at("/spec/versions/0/schema/openAPIV3Schema");
		refuseWhatIsUnknown(schema, true);
		return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
			.getSchema(schema.toString(), InputFormat.JSON)
			.validate(json.toString(), InputFormat.JSON)
			.stream()
			.map(Object::toString)
			.toList();
	}

	// As the API server does where it is asked to be strict. What `metadata` may hold is
	// not for a definition to say.
	private static void refuseWhatIsUnknown(JsonNode schema, boolean top) {
		if (schema instanceof ObjectNode object && schema.has("properties")
				&& !schema.path("x-kubernetes-preserve-unknown-fields").asBoolean(false)) {
			object.put("additionalProperties", false);
		}
		schema.properties().forEach((property) -> {
			if (!top || !property.getKey().equals("metadata")) {
				refuseWhatIsUnknown(property.getValue(), false);
			}
		});
		schema.valueStream().filter((value) -> schema.isArray()).forEach((value) -> refuseWhatIsUnknown(value, false));
	}

	// The custom resource definitions are in the operator's Go module, which Go fetches
	// once.
	private static Path definitions() throws IOException {
		Assumptions.assumeTrue(Program.find("go").isPresent(),
				"go is not on the PATH; it fetches the schemas of the Prometheus Operator");
		Program.Result module = Program.run(Repository.file("stack"), Map.of(), "", "go", "mod", "download", "-json",
				OPERATOR + "@" + VERSION);
		Assumptions.assumeTrue(module.status() == 0, "%s %s cannot be fetched".formatted(OPERATOR, VERSION));
		String folder = JSON.readTree(module.output().substring(module.output().indexOf('{'))).path("Dir").asString("");
		return Path.of(folder, "example", "prometheus-operator-crd");
	}

	private static Yaml yaml() {
		LoaderOptions options = new LoaderOptions();
		options.setCodePointLimit(10_000_000);
		return new Yaml(options);
	}

}
