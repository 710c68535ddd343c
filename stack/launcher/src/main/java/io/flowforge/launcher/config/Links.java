package io.flowforge.launcher.config;

import java.util.function.Function;
import java.util.regex.Pattern;

import io.flowforge.launcher.StackException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Where the links of messages lead. Values become part of templates and rules, so each
 * must look like what it is. What is empty is not in the stack, and nothing links to it.
 *
 * @param grafana the address of Grafana
 * @param explore whether viewers of it may use Explore
 * @param organisation the id of Grafana's organisation
 * @param loki the uid of the data source for logs
 * @param tempo the uid of the data source for traces
 * @param zipkin the address of Zipkin, for traces that are not in Grafana
 * @param victoriaLogs the address of VictoriaLogs, for logs that are not in Grafana
 * @param logLines the address of the inbox's page of log lines, for those that are in
 * neither
 * @param prometheus the address of Prometheus
 * @param alertmanager the address of Alertmanager
 * @param runbooks the address of the folder with the runbooks
 */
public record Links(String grafana, boolean explore, String organisation, String loki, String tempo, String zipkin,
		String victoriaLogs, String logLines, String prometheus, String alertmanager, String runbooks) {

	/** What the files of the repository have. */
	public static final Links STANDARD = new Links("http://localhost:3000", true, "1", "loki", "tempo",
			"http://localhost:9411", "http://localhost:9428", "http://localhost:8090/logs", "http://localhost:9090",
			"http://localhost:9093", "http://localhost:8090/runbooks");

	private static final String URL = "https?://[A-Za-z0-9._~:/@%+=-]+";

	private static final String UID = "[A-Za-z0-9_-]{1,40}";

	public Links {
		grafana = url("FLOWFORGE_GRAFANA_URL", grafana, "https://grafana.example.com");
		check("FLOWFORGE_GRAFANA_ORG_ID", organisation, "[0-9]{1,9}", "a number, such as 1");
		check("FLOWFORGE_GRAFANA_LOKI_UID", loki, UID, "the uid of a data source, such as loki");
		check("FLOWFORGE_GRAFANA_TEMPO_UID", tempo, UID, "the uid of a data source, such as tempo");
		prometheus = url("FLOWFORGE_PROMETHEUS_URL", prometheus, "https://prometheus.example.com");
		alertmanager = url("FLOWFORGE_ALERTMANAGER_URL", alertmanager, "https://alertmanager.example.com");
		runbooks = url("FLOWFORGE_RUNBOOKS_URL", runbooks, "https://wiki.example.com/runbooks");
	}

	private static String url(String variable, String url, String example) {
		check(variable, url, URL, "an http or https URL, such as " + example);
		return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
	}

	private static void check(String variable, String value, String pattern, String what) {
		if (!value.isEmpty() && !Pattern.matches(pattern, value)) {
			throw new StackException("%s=%s must be %s.".formatted(variable, ShownValue.of(value), what));
		}
	}

	/**
	 * These links, with what a person has set in their place. A Grafana of one's own has
	 * data sources of its own, and by default closes Explore to viewers.
	 * @param variables the value of a variable by its name; {@code null} or empty where
	 * it is not set
	 * @return the links
	 * @throws StackException if a value is not what its variable takes
	 */
	public Links with(Function<String, @Nullable String> variables) {
		String own = value(variables, "FLOWFORGE_GRAFANA_URL", "");
		String explore = value(variables, "FLOWFORGE_GRAFANA_EXPLORE", "");
		return new Links(own.isEmpty() ? this.grafana : own,
				explore.isEmpty() ? this.explore && own.isEmpty() : explore.equals("yes"),
				value(variables, "FLOWFORGE_GRAFANA_ORG_ID", this.organisation),
				uid(variables, "LOKI", this.loki, own, STANDARD.loki),
				uid(variables, "TEMPO", this.tempo, own, STANDARD.tempo), this.zipkin, this.victoriaLogs, this.logLines,
				value(variables, "FLOWFORGE_PROMETHEUS_URL", this.prometheus),
				value(variables, "FLOWFORGE_ALERTMANAGER_URL", this.alertmanager),
				value(variables, "FLOWFORGE_RUNBOOKS_URL", this.runbooks));
	}

	private static String uid(Function<String, @Nullable String> variables, String part, String present,
			String ownGrafana, String standard) {
		boolean leftOut = value(variables, "FLOWFORGE_" + part, "").equals("no");
		if (leftOut || (present.isEmpty() && ownGrafana.isEmpty())) {
			return "";
		}
		return value(variables, "FLOWFORGE_GRAFANA_%s_UID".formatted(part), present.isEmpty() ? standard : present);
	}

	private static String value(Function<String, @Nullable String> variables, String name, String otherwise) {
		String value = variables.apply(name);
		return (value == null || value.isEmpty()) ? otherwise : value;
	}

	/**
	 * Put the addresses of the runbooks and of Alertmanager into rules of Prometheus or
	 * Loki, which have the standard ones: in annotations, and in the labels that
	 * dashboards read.
	 * @param name the file's name
	 * @param text the rules
	 * @return the changed text
	 */
	String inRules(String name, String text) {
		YamlText yaml = YamlText.parse(name, text);
		for (Node group : YamlText.items(YamlText.get(yaml.root(), "groups"))) {
			for (Node rule : YamlText.items(YamlText.get(group, "rules"))) {
				replace(yaml, YamlText.get(YamlText.get(rule, "annotations"), "runbook_url"), STANDARD.runbooks,
						this.runbooks);
				Node labels = YamlText.get(rule, "labels");
				replace(yaml, YamlText.get(labels, "runbooks"), STANDARD.runbooks, this.runbooks);
				replace(yaml, YamlText.get(labels, "alertmanager"), STANDARD.alertmanager, this.alertmanager);
			}
		}
		return yaml.print();
	}

	private static void replace(YamlText yaml, @Nullable Node url, String standard, String actual) {
		if (url instanceof ScalarNode scalar) {
			yaml.edit(scalar, (text) -> text.replace(standard, actual));
		}
	}

}
