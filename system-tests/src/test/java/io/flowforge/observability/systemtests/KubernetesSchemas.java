package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.flowforge.launcher.Repository;
import io.flowforge.launcher.process.Programs;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schemas of Kubernetes and of the Prometheus Operator. They are in Go modules, which
 * Go fetches once.
 */
final class KubernetesSchemas {

	private static final String OPERATOR = "github.com/prometheus-operator/prometheus-operator@v0.93.0";

	private static final String KUBERNETES = "k8s.io/kubernetes@v1.36.4";

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Path definitions;

	private final Path specifications;

	private final Map<String, Schema> schemas = new HashMap<>();

	private KubernetesSchemas(Path definitions, Path specifications) {
		this.definitions = definitions;
		this.specifications = specifications;
	}

	static KubernetesSchemas fetch() {
		Assumptions.assumeTrue(Programs.find("go").isPresent(),
				"go is not on the PATH; it fetches the schemas of Kubernetes and of the Prometheus Operator");
		return new KubernetesSchemas(module(OPERATOR).resolve("example/prometheus-operator-crd"),
				module(KUBERNETES).resolve("api/openapi-spec/v3"));
	}

	private static Path module(String module) {
		Path stack = Repository.around(Path.of("")).file("stack");
		Programs.Result result = Programs.run(stack, Map.of(), "", Duration.ofMinutes(5),
				List.of("go", "mod", "download", "-json", module));
		Assumptions.assumeTrue(result.isSuccess(), module + " cannot be fetched");
		return Path.of(JSON.readTree(result.output().substring(result.output().indexOf('{'))).path("Dir").asString(""));
	}

	/**
	 * What is wrong with an object, as the API server says it where it is asked to be
	 * strict.
	 * @param object the object
	 * @return the violations of its schema
	 */
	List<String> violations(Map<String, Object> object) {
		String version = String.valueOf(object.get("apiVersion"));
		String kind = String.valueOf(object.get("kind"));
		Schema schema = this.schemas.computeIfAbsent(version + " " + kind,
				(key) -> version.startsWith("monitoring.coreos.com/") ? operator(kind) : kubernetes(version, kind));
		return schema.validate(JSON.valueToTree(object).toString(), InputFormat.JSON)
			.stream()
			.map((violation) -> kind + ": " + violation)
			.toList();
	}

	private Schema operator(String kind) {
		String plural = kind.toLowerCase(Locale.ROOT) + (kind.endsWith("s") ? "es" : "s");
		JsonNode definition = JSON.valueToTree(Chart.yaml()
			.<Object>load(read(this.definitions.resolve("monitoring.coreos.com_%s.yaml".formatted(plural)))));
		JsonNode schema = definition.at("/spec/versions/0/schema/openAPIV3Schema");
		// What `metadata` may hold is not for a definition to say.
		refuseWhatIsUnknown(schema.at("/properties/spec"));
		return schema(schema);
	}

	private Schema kubernetes(String version, String kind) {
		String group = version.contains("/") ? "apis__" + version.replace("/", "__") : "api__" + version;
		JsonNode specification = JSON.readTree(read(this.specifications.resolve(group + "_openapi.json")));
		String name = specification.at("/components/schemas")
			.properties()
			.stream()
			.filter((schema) -> schema.getValue()
				.path("x-kubernetes-group-version-kind")
				.valueStream()
				.anyMatch((type) -> type.path("kind").asString("").equals(kind)))
			.findFirst()
			.orElseThrow(() -> new AssertionError("There is no %s %s.".formatted(version, kind)))
			.getKey();
		refuseWhatIsUnknown(specification);
		ObjectNode schema = JSON.createObjectNode();
		schema.put("$ref", "#/components/schemas/" + name);
		schema.set("components", specification.path("components"));
		return schema(schema);
	}

	private static Schema schema(JsonNode schema) {
		return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
			.getSchema(schema.toString(), InputFormat.JSON);
	}

	private static void refuseWhatIsUnknown(JsonNode schema) {
		if (schema instanceof ObjectNode object && schema.path("properties").isObject()
				&& !schema.path("x-kubernetes-preserve-unknown-fields").asBoolean(false)) {
			object.put("additionalProperties", false);
		}
		schema.valueStream().forEach(KubernetesSchemas::refuseWhatIsUnknown);
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
