package io.flowforge.launcher.config;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import io.flowforge.launcher.StackException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Where the links of alerts lead.
 *
 * @param grafana the address of Grafana
 * @param runbooks the address of the folder with the runbooks
 */
record Links(String grafana, String runbooks) {

	static final String STANDARD_GRAFANA = "http://localhost:3000";

	static final String STANDARD_RUNBOOKS = "http://localhost:8090/runbooks";

	private static final Pattern URL = Pattern.compile("https?://[A-Za-z0-9._~:/@%+=-]+");

	Links {
		grafana = checked("FLOWFORGE_GRAFANA_URL", grafana, "https://grafana.example.com");
		runbooks = checked("FLOWFORGE_RUNBOOKS_URL", runbooks, "https://wiki.example.com/runbooks");
	}

	private static String checked(String variable, String url, String example) {
		if (!URL.matcher(url).matches()) {
			throw new StackException(
					"%s=%s must be an http or https URL, such as %s.".formatted(variable, ShownValue.of(url), example));
		}
		return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
	}

	/**
	 * Put the addresses into the rule that other rules read them from.
	 * @param name the file's name
	 * @param text the text of {@code prometheus-rules/links.yml}
	 * @return the changed text
	 */
	String inPrometheusRules(String name, String text) {
		YamlText yaml = YamlText.parse(name, text);
		for (Node group : YamlText.items(YamlText.get(yaml.root(), "groups"))) {
			for (Node rule : YamlText.items(YamlText.get(group, "rules"))) {
				Node labels = YamlText.get(rule, "labels");
				put(yaml, labels, "grafana", this.grafana);
				put(yaml, labels, "runbooks", this.runbooks);
			}
		}
		return yaml.print();
	}

	private static void put(YamlText yaml, @Nullable Node labels, String label, String url) {
		if (YamlText.get(labels, label) instanceof ScalarNode value) {
			yaml.replace(value, url);
		}
	}

	/**
	 * Put the addresses into rules of Loki, which cannot query Prometheus: their
	 * annotations have links with the standard addresses.
	 * @param name the file's name
	 * @param text the rules
	 * @return the changed text
	 */
	String inLokiRules(String name, String text) {
		YamlText yaml = YamlText.parse(name, text);
		UnaryOperator<String> change = (source) -> source.replace(STANDARD_GRAFANA + "/", this.grafana + "/")
			.replace(STANDARD_RUNBOOKS + "/", this.runbooks + "/");
		for (Node group : YamlText.items(YamlText.get(yaml.root(), "groups"))) {
			for (Node rule : YamlText.items(YamlText.get(group, "rules"))) {
				if (YamlText.get(rule, "annotations") instanceof MappingNode annotations) {
					annotations.getValue().forEach((entry) -> {
						if (entry.getValueNode() instanceof ScalarNode value) {
							yaml.edit(value, change);
						}
					});
				}
			}
		}
		return yaml.print();
	}

}
