package io.flowforge.launcher.config;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.flowforge.launcher.StackException;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Services whose targets somebody has removed. The rules remember a service for six hours
 * and would say that it has vanished; a row of {@code flowforge:service_retired} says
 * that it went on purpose.
 *
 * @param since when each was first missing
 */
record RetiredServices(SortedMap<Service, Instant> since) {

	// An hour longer than the rules remember a service.
	private static final Duration KEPT = Duration.ofHours(7);

	/**
	 * Read those of the last time.
	 * @param text what {@link #text()} has returned; may be empty
	 * @return the services
	 */
	static RetiredServices parse(String text) {
		SortedMap<Service, Instant> since = new TreeMap<>();
		for (Node node : YamlText.items(YamlText.parse("retired.yml", text).root())) {
			String environment = YamlText.text(node, "environment");
			String application = YamlText.text(node, "application");
			String moment = YamlText.text(node, "since");
			if (environment == null || application == null || moment == null) {
				throw new StackException("retired.yml, line %d: remove the file.".formatted(YamlText.line(node)));
			}
			since.put(new Service(environment, application), Instant.parse(moment));
		}
		return new RetiredServices(since);
	}

	/**
	 * Those of now.
	 * @param before the services that were watched until now
	 * @param after the services that are watched from now on
	 * @param now the moment
	 * @return these and those that were removed, without those that are back and those of
	 * long ago
	 */
	RetiredServices next(Collection<Service> before, Collection<Service> after, Instant now) {
		SortedMap<Service, Instant> next = new TreeMap<>(this.since);
		before.forEach((service) -> next.putIfAbsent(service, now));
		next.keySet().removeAll(after);
		next.values().removeIf((moment) -> moment.plus(KEPT).isBefore(now));
		return new RetiredServices(next);
	}

	/**
	 * The services as a file.
	 * @return its text
	 */
	String text() {
		List<Map<String, String>> rows = new ArrayList<>();
		this.since.forEach((service, moment) -> {
			Map<String, String> row = labels(service);
			row.put("since", moment.toString());
			rows.add(row);
		});
		return yaml(rows);
	}

	/**
	 * The rules that record the services.
	 * @return the text of a rule file
	 */
	String rules() {
		List<Map<String, Object>> rules = new ArrayList<>();
		for (Service service : this.since.keySet()) {
			Map<String, Object> rule = new LinkedHashMap<>();
			rule.put("record", "flowforge:service_retired");
			rule.put("expr", "vector(1)");
			rule.put("labels", labels(service));
			rules.add(rule);
		}
		Map<String, Object> group = new LinkedHashMap<>();
		group.put("name", "flowforge-retired");
		group.put("rules", rules);
		return "# Services whose targets were removed: FlowForgeServiceVanished is not about them.\n"
				+ yaml(Map.of("groups", List.of(group)));
	}

	private static Map<String, String> labels(Service service) {
		Map<String, String> labels = new LinkedHashMap<>();
		labels.put("environment", service.environment());
		labels.put("application", service.application());
		return labels;
	}

	private static String yaml(Object data) {
		DumperOptions options = new DumperOptions();
		options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
		return new Yaml(options).dump(data);
	}

}
