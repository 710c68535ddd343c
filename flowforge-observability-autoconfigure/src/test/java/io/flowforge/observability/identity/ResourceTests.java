package io.flowforge.observability.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.flowforge.observability.testing.JavaRun;
import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.SemanticConventions;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.proto.common.v1.AnyValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What spans and log records say about the service and the place where it runs.
 */
class ResourceTests {

	private static final Set<String> OURS = Set.of("flowforge.team", "flowforge.slack_channel", "team",
			"slack_channel");

	private static final Map<String, AttributeType> CONVENTIONS = Stream
		.of(SemanticConventions.stable(), SemanticConventions.inDevelopment())
		.flatMap((conventions) -> conventions.types().entrySet().stream())
		.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (stable, inDevelopment) -> stable));

	private final OtlpReceiver receiver = OtlpReceiver.start();

	@AfterEach
	void stop() {
		this.receiver.close();
	}

	@Test
	void plainStart() throws IOException {
		try (TestService service = start("flowforge.observability.service.team=checkout",
				"flowforge.observability.alerts.slack-channel=#checkout-alerts")) {
			service.get("/hello");
			Map<String, String> resource = awaitResource();
			assertThat(resource).containsEntry("service.name", "test-service")
				.containsEntry("deployment.environment.name", "default")
				.containsEntry("flowforge.team", "checkout")
				.containsEntry("flowforge.slack_channel", "#checkout-alerts")
				.containsEntry("team", "checkout")
				.containsEntry("slack_channel", "#checkout-alerts")
				.containsEntry("telemetry.sdk.language", "java");
			assertThat(UUID.fromString(resource.get("service.instance.id"))).isNotNull();
		}
	}

	@Test
	void podOfKubernetesSurvivesARestart() throws Exception {
		Map<String, String> pod = new HashMap<>(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1", "KUBERNETES_SERVICE_PORT",
				"443", "HOSTNAME", "orders-7d9f8-abcde", "OTEL_RESOURCE_ATTRIBUTES",
				"k8s.cluster.name=eu-1,k8s.node.name=declared"));
		pod.putAll(downwardApi());
		for (int start = 0; start < 2; start++) {
			JavaRun run = JavaRun.of(Pod.class, pod, "spring.application.group=webshop",
					"spring.application.version=1.4.2",
					"flowforge.observability.otlp.endpoint=" + this.receiver.endpoint());
			assertThat(run.status()).isZero();
		}
		// Both starts say the same.
		assertThat(awaitResource()).containsEntry("service.instance.id", "275ecb36-5aa8-4c2a-9c47-d8bb681b9aff")
			.containsEntry("service.name", "test-service")
			.containsEntry("service.namespace", "webshop")
			.containsEntry("service.version", "1.4.2")
			.containsEntry("host.name", "orders-7d9f8-abcde")
			.containsEntry("k8s.pod.uid", "275ecb36-5aa8-4c2a-9c47-d8bb681b9aff")
			.containsEntry("k8s.pod.name", "orders-7d9f8-abcde")
			.containsEntry("k8s.namespace.name", "shop")
			.containsEntry("k8s.cluster.name", "eu-1")
			// A variable of OpenTelemetry wins.
			.containsEntry("k8s.node.name", "declared");
	}

	@Test
	void attributesOfTheUserWin() throws IOException {
		try (TestService service = start("spring.application.group=webshop", attribute("service.namespace", "shop"),
				attribute("service.instance.id", "one"), attribute("host.name", "web-1"),
				attribute("k8s.pod.uid", "pod-1"), attribute("flowforge.team", "checkout"),
				attribute("team", "blue"))) {
			service.get("/hello");
			assertThat(awaitResource()).containsEntry("service.namespace", "shop")
				.containsEntry("service.instance.id", "one")
				.containsEntry("host.name", "web-1")
				.containsEntry("k8s.pod.uid", "pod-1")
				.containsEntry("flowforge.team", "checkout")
				.containsEntry("team", "blue");
			assertThat(service.scrape()).contains("flowforge_service_info{slack_channel=\"\",team=\"checkout\"}");
		}
	}

	private TestService start(String... properties) {
		return TestService
			.start(Stream
				.concat(Arrays.stream(properties),
						Stream.of("flowforge.observability.otlp.endpoint=" + this.receiver.endpoint(),
								"management.opentelemetry.tracing.export.schedule-delay=100ms",
								"management.opentelemetry.logging.export.schedule-delay=100ms"))
				.toArray(String[]::new));
	}

	private static String attribute(String name, String value) {
		return "management.opentelemetry.resource-attributes[%s]=%s".formatted(name, value);
	}

	/**
	 * Return the resource of all spans and log records, each attribute of which is in the
	 * conventions and in the documentation.
	 */
	private Map<String, String> awaitResource() throws IOException {
		await().untilAsserted(() -> {
			assertThat(this.receiver.spans()).isNotEmpty();
			assertThat(this.receiver.logRecords()).isNotEmpty();
		});
		Set<Map<String, AnyValue>> resources = this.receiver.resources()
			.stream()
			.map((resource) -> resource.getAttributesList()
				.stream()
				.collect(Collectors.toMap((attribute) -> attribute.getKey(), (attribute) -> attribute.getValue())))
			.collect(Collectors.toSet());
		assertThat(resources).hasSize(1);
		Map<String, AnyValue> resource = resources.iterator().next();
		assertThat(documented()).containsAll(resource.keySet());
		Map<String, String> strings = new TreeMap<>();
		resource.forEach((name, value) -> {
			assertThat(OURS.contains(name) || CONVENTIONS.get(name) == AttributeType.STRING).as(name).isTrue();
			assertThat(value.hasStringValue()).as(name).isTrue();
			strings.put(name, value.getStringValue());
		});
		return strings;
	}

	private static Set<String> documented() throws IOException {
		Set<String> names = Pattern.compile("(?m)^\\| `([^`]+)`")
			.matcher(Files.readString(Path.of("../docs/reference/resource.md")))
			.results()
			.map((row) -> row.group(1))
			.collect(Collectors.toSet());
		assertThat(names).allMatch((name) -> OURS.contains(name) || CONVENTIONS.containsKey(name));
		return names;
	}

	/**
	 * Return the variables that the documentation for Kubernetes says to set.
	 */
	private static Map<String, String> downwardApi() throws IOException {
		Map<String, String> fields = Map.of("metadata.uid", "275ecb36-5aa8-4c2a-9c47-d8bb681b9aff", "metadata.name",
				"orders-7d9f8-abcde", "metadata.namespace", "shop", "spec.nodeName", "node-1");
		Map<String, String> variables = Pattern
			.compile("\\{name: (\\w+), valueFrom: \\{fieldRef: \\{fieldPath: ([\\w.]+)}}}")
			.matcher(Files.readString(Path.of("../docs/how-to/kubernetes.md")))
			.results()
			.collect(Collectors.toMap((variable) -> variable.group(1), (variable) -> fields.get(variable.group(2))));
		assertThat(variables).hasSize(fields.size());
		return variables;
	}

	/**
	 * A service that answers one request and ends.
	 */
	public static class Pod {

		/**
		 * Run the service.
		 * @param arguments its properties
		 */
		public static void main(String[] arguments) {
			try (TestService service = TestService.start(arguments)) {
				service.get("/hello");
			}
		}

	}

}
