package io.flowforge.launcher.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * A route of Alertmanager with the routes below it.
 *
 * @param matchers the conditions for an alert to take it
 * @param proceeds whether an alert that takes it tries its siblings, too
 * @param muteTimes the names of the intervals in which it sends nothing
 * @param activeTimes the names of the only intervals in which it sends anything, if there
 * are any
 * @param children the routes below it, which are tried first
 */
record AlertRoute(List<AlertMatcher> matchers, boolean proceeds, List<String> muteTimes, List<String> activeTimes,
		List<AlertRoute> children) {

	/**
	 * Read a route.
	 * @param node the route
	 * @return the route
	 */
	static AlertRoute of(@Nullable Node node) {
		List<AlertMatcher> matchers = new ArrayList<>();
		YamlText.texts(YamlText.get(node, "matchers"))
			.forEach((matcher) -> matchers.addAll(AlertMatcher.parse(matcher)));
		matchers.addAll(older(YamlText.get(node, "match"), "="));
		matchers.addAll(older(YamlText.get(node, "match_re"), "=~"));
		return new AlertRoute(matchers, "true".equals(YamlText.text(node, "continue")),
				YamlText.texts(YamlText.get(node, "mute_time_intervals")),
				YamlText.texts(YamlText.get(node, "active_time_intervals")),
				YamlText.items(YamlText.get(node, "routes")).stream().map(AlertRoute::of).toList());
	}

	// Before 0.22 matchers were mappings, which Alertmanager still takes.
	private static List<AlertMatcher> older(@Nullable Node node, String operator) {
		List<AlertMatcher> matchers = new ArrayList<>();
		if (node instanceof MappingNode mapping) {
			for (NodeTuple entry : mapping.getValue()) {
				if (entry.getKeyNode() instanceof ScalarNode label
						&& entry.getValueNode() instanceof ScalarNode value) {
					matchers.add(AlertMatcher.of(label.getValue(), operator, value.getValue()));
				}
			}
		}
		return matchers;
	}

	/**
	 * The routes that send an alert's messages.
	 * @param labels the alert's labels
	 * @return the routes, none if it does not take this one
	 */
	List<AlertRoute> routesOf(Map<String, String> labels) {
		if (!this.matchers.stream().allMatch((matcher) -> matcher.matches(labels))) {
			return List.of();
		}
		List<AlertRoute> routes = new ArrayList<>();
		for (AlertRoute child : this.children) {
			List<AlertRoute> found = child.routesOf(labels);
			routes.addAll(found);
			if (!found.isEmpty() && !child.proceeds()) {
				break;
			}
		}
		return routes.isEmpty() ? List.of(this) : routes;
	}

}
