package io.flowforge.launcher.config;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.flowforge.launcher.StackException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * When Alertmanager sends no messages about an alert, by the routes and time intervals of
 * its configuration.
 */
public final class MuteTimes {

	private static final Duration HORIZON = Duration.ofDays(8);

	private final AlertRoute root;

	private final Map<String, List<TimeInterval>> intervals = new HashMap<>();

	private MuteTimes(@Nullable Node configuration) {
		this.root = AlertRoute.of(YamlText.get(configuration, "route"));
		for (String key : List.of("time_intervals", "mute_time_intervals")) {
			for (Node interval : YamlText.items(YamlText.get(configuration, key))) {
				this.intervals.put(String.valueOf(YamlText.text(interval, "name")),
						YamlText.items(YamlText.get(interval, "time_intervals"))
							.stream()
							.map(TimeInterval::of)
							.toList());
			}
		}
	}

	/**
	 * Read a configuration.
	 * @param alertmanagerYaml the text of {@code alertmanager.yml}
	 * @return its mute times
	 * @throws StackException if it cannot be read
	 */
	public static MuteTimes of(String alertmanagerYaml) {
		return new MuteTimes(YamlText.parse("alertmanager.yml", alertmanagerYaml).root());
	}

	/**
	 * Whether messages about an alert are muted, and until when.
	 * @param labels the alert's labels
	 * @param at the moment
	 * @return the mute, or nothing if messages are sent at that moment
	 */
	public Optional<Mute> find(Map<String, String> labels, Instant at) {
		List<AlertRoute> routes = this.root.routesOf(labels);
		if (!isMuted(routes, at)) {
			return Optional.empty();
		}
		Instant minute = at.truncatedTo(ChronoUnit.MINUTES);
		Instant end = at.plus(HORIZON);
		do {
			minute = minute.plus(1, ChronoUnit.MINUTES);
		}
		while (isMuted(routes, minute) && minute.isBefore(end));
		return Optional.of(new Mute(isMuted(routes, minute) ? null : minute));
	}

	// The root of Alertmanager's tree takes every alert, so there is at least one route.
	private boolean isMuted(List<AlertRoute> routes, Instant moment) {
		return routes.stream().allMatch((route) -> isMuted(route, moment));
	}

	private boolean isMuted(AlertRoute route, Instant moment) {
		return isIn(route.muteTimes(), moment)
				|| (!route.activeTimes().isEmpty() && !isIn(route.activeTimes(), moment));
	}

	private boolean isIn(List<String> names, Instant moment) {
		return names.stream()
			.flatMap((name) -> this.intervals.getOrDefault(name, List.of()).stream())
			.anyMatch((interval) -> interval.contains(moment));
	}

	/**
	 * That messages are muted.
	 *
	 * @param until the first minute in which they are sent again, or {@code null} if
	 * there is none within eight days
	 */
	public record Mute(@Nullable Instant until) {

	}

}
