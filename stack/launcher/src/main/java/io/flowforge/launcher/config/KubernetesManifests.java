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
	 * The groups of {@code prometheus-rules/} as one PrometheusRule.
	 * @param repository where they are
	 * @param links where links to runbooks lead
	 * @return the text of {@code stack/kubernetes/prometheus-rule.yaml}
	 * @throws StackException if a rule file is not as it should be
	 */
	public static String prometheusRule(Repository repository, Links links) {
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
			String name = "prometheus-rules/" + file.getFileName();
			YamlText rules = YamlText.parse(name, links.inRules(name, TextFile.read(file)));
			manifest.append(indented(rules.linesBelow(rules.key(rules.root(), "groups"), 1), GROUPS_INDENTATION));
		}
		return manifest.toString();
	}

	/**
	 * The configuration of Alertmanager and its templates as the Secret that
	 * {@code stack/kubernetes/alertmanager.yaml} names.
	 * @param repository where they are
	 * @param notifications where messages go
	 * @param offHours who gets warnings outside working hours
	 * @param links where links lead
	 * @return the manifest
	 * @throws StackException if a file of {@code alertmanager/} is not as it should be
	 */
	public static String alertmanagerSecret(Repository repository, Notifications notifications,
			WarningsOffHours offHours, Links links) {
		StringBuilder manifest = new StringBuilder("""
				apiVersion: v1
				kind: Secret
				metadata:
				  name: flowforge-alertmanager
				  namespace: monitoring
				stringData:
				""");
		append(manifest, "alertmanager.yaml", withPathsOfTheOperator(
				offHours.in(AlertmanagerConfiguration.assemble(repository, notifications, true))));
		MessageTemplates.assemble(repository, links).forEach((name, text) -> append(manifest, name, text));
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
