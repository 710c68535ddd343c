package io.flowforge.launcher.config;

import java.nio.file.Path;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The rules, and the routes and messages, in the words of the Prometheus Operator.
 */
public final class KubernetesManifests {

	private static final int GROUPS_INDENTATION = 2;

	private static final int FILE_INDENTATION = 4;

	private KubernetesManifests() {
	}

	/**
	 * The groups of {@code prometheus-rules/}, unchanged, as one PrometheusRule.
	 * @param repository where they are
	 * @return the text of {@code stack/kubernetes/prometheus-rule.yaml}
	 * @throws StackException if a rule file is not as it should be
	 */
	public static String prometheusRule(Repository repository) {
		StringBuilder manifest = new StringBuilder("""
				# Written by `make docs` from prometheus-rules/: change it there.
				apiVersion: monitoring.coreos.com/v1
				kind: PrometheusRule
				metadata:
				  name: flowforge
				  labels:
				    app.kubernetes.io/part-of: flowforge-observability
				spec:
				  groups:
				""");
		for (Path file : repository.yamlFiles("prometheus-rules")) {
			YamlText rules = YamlText.parse("prometheus-rules/" + file.getFileName(), TextFile.read(file));
			manifest.append(indented(rules.linesBelow(rules.key(rules.root(), "groups"), 1), GROUPS_INDENTATION));
		}
		return manifest.toString();
	}

	/**
	 * The configuration of Alertmanager and its templates as the Secret that
	 * {@code stack/kubernetes/alertmanager.yaml} names.
	 * @param repository where they are
	 * @param notifications where messages go
	 * @return the manifest
	 * @throws StackException if a file of {@code alertmanager/} is not as it should be
	 */
	public static String alertmanagerSecret(Repository repository, Notifications notifications) {
		StringBuilder manifest = new StringBuilder("""
				apiVersion: v1
				kind: Secret
				metadata:
				  name: flowforge-alertmanager
				  namespace: monitoring
				stringData:
				""");
		append(manifest, "alertmanager.yaml",
				withPathsOfTheOperator(AlertmanagerConfiguration.assemble(repository, notifications, true)));
		Path templates = repository.file("alertmanager/templates");
		PrivateFiles.list(templates)
			.forEach((template) -> append(manifest, template.toString(), TextFile.read(templates.resolve(template))));
		return manifest.toString();
	}

	// Where the operator puts the keys of this Secret, and those of the one with the
	// credentials.
	private static String withPathsOfTheOperator(String configuration) {
		YamlText yaml = YamlText.parse("alertmanager.yml", configuration);
		replacePaths(yaml, yaml.root());
		return yaml.print();
	}

	private static void replacePaths(YamlText yaml, @Nullable Node node) {
		for (Node item : YamlText.items(node)) {
			if (item instanceof ScalarNode scalar && scalar.getValue().startsWith("templates/")) {
				yaml.replace(scalar, scalar.getValue().replaceFirst("^templates/", "/etc/alertmanager/config/"));
			}
			replacePaths(yaml, item);
		}
		if (node instanceof MappingNode mapping) {
			mapping.getValue().forEach((entry) -> {
				if (entry.getValueNode() instanceof ScalarNode scalar && scalar.getValue().startsWith("secrets/")) {
					yaml.replace(scalar,
							scalar.getValue().replaceFirst("^secrets/", "/etc/alertmanager/secrets/flowforge-notify/"));
				}
				replacePaths(yaml, entry.getValueNode());
			});
		}
	}

	private static void append(StringBuilder manifest, String key, String text) {
		manifest.append("  ").append(key).append(": |\n").append(indented(text, FILE_INDENTATION));
	}

	private static String indented(String text, int indentation) {
		StringBuilder lines = new StringBuilder();
		text.lines()
			.forEach((line) -> lines.append(line.isEmpty() ? "" : " ".repeat(indentation)).append(line).append('\n'));
		return lines.toString();
	}

}
