package io.flowforge.samples.inbox.now;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Whether the routes of an alert are muted, and until when. Alertmanager answers this
 * itself only from 0.28 on, and never until when: its configuration says both. An
 * instance is for one look at one time.
 */
final class MuteTimes {

	/** A week and a day: what is muted for longer has no end worth showing. */
	private static final Duration HORIZON = Duration.ofDays(8);

	private final Map<String, List<TimeInterval>> intervals = new HashMap<>();

	private final Route root;

	/** Found minute by minute, so once for all alerts that take the same routes. */
	private final Map<List<Route>, Optional<Instant>> ends = new HashMap<>();

	/**
	 * Read the routes and time intervals.
	 * @param configuration the configuration of Alertmanager
	 * @throws IllegalArgumentException if it is something else
	 */
	MuteTimes(String configuration) {
		Map<?, ?> yaml = Yaml.read(configuration);
		// The first is the name that the second had before.
		Stream.of("mute_time_intervals", "time_intervals")
			.flatMap((key) -> Yaml.list(yaml.get(key)).stream())
			.map(Yaml::map)
			.forEach((named) -> this.intervals.put(String.valueOf(named.get("name")),
					Yaml.list(named.get("time_intervals")).stream().map(Yaml::map).map(TimeInterval::of).toList()));
		this.root = Route.of(Yaml.map(yaml.get("route")));
	}

	/**
	 * Find out whether nobody is notified of an alert at a time.
	 * @param labels labels of the alert
	 * @param now the time
	 * @return the mute time, if every route of the alert is muted
	 */
	Optional<MuteTime> muteTime(Map<String, String> labels, Instant now) {
		List<Route> routes = this.root.find(labels);
		if (!isMuted(routes, now)) {
			return Optional.empty();
		}
		Set<String> names = new LinkedHashSet<>();
		routes.forEach((route) -> {
			names.addAll(route.muteTimeIntervals());
			names.addAll(route.activeTimeIntervals());
		});
		Optional<Instant> end = this.ends.computeIfAbsent(routes, (key) -> Optional.ofNullable(findEnd(key, now)));
		return Optional.of(new MuteTime(String.join(", ", names), end.orElse(null)));
	}

	private @Nullable Instant findEnd(List<Route> routes, Instant now) {
		Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
		Instant horizon = now.plus(HORIZON);
		while (minute.isBefore(horizon)) {
			minute = minute.plus(1, ChronoUnit.MINUTES);
			if (!isMuted(routes, minute)) {
				return minute;
			}
		}
		return null;
	}

	private boolean isMuted(List<Route> routes, Instant time) {
		return routes.stream().allMatch((route) -> isMuted(route, time));
	}

	private boolean isMuted(Route route, Instant time) {
		return isIn(route.muteTimeIntervals(), time)
				|| (!route.activeTimeIntervals().isEmpty() && !isIn(route.activeTimeIntervals(), time));
	}

	private boolean isIn(List<String> names, Instant time) {
		return names.stream()
			.flatMap((name) -> this.intervals.getOrDefault(name, List.of()).stream())
			.anyMatch((interval) -> interval.contains(time));
	}

	/**
	 * A time in which nobody is notified.
	 *
	 * @param intervals names of the time intervals
	 * @param until when it ends; {@code null} if that is more than a week away
	 */
	record MuteTime(String intervals, @Nullable Instant until) {

	}

	/**
	 * A route, as far as it matters here. Mute times are not inherited.
	 */
	private record Route(List<LabelMatcher> matchers, List<String> muteTimeIntervals, List<String> activeTimeIntervals,
			boolean goesOn, List<Route> routes) {

		static Route of(Map<?, ?> yaml) {
			List<LabelMatcher> matchers = new ArrayList<>();
			if (yaml.get("matchers") instanceof String text) {
				matchers.addAll(LabelMatcher.parse(text));
			}
			Yaml.list(yaml.get("matchers"))
				.forEach((text) -> matchers.addAll(LabelMatcher.parse(String.valueOf(text))));
			Yaml.map(yaml.get("match"))
				.forEach((name, value) -> matchers.add(LabelMatcher.of(name + "", "=", value + "")));
			Yaml.map(yaml.get("match_re"))
				.forEach((name, value) -> matchers.add(LabelMatcher.of(name + "", "=~", value + "")));
			return new Route(matchers, strings(yaml.get("mute_time_intervals")),
					strings(yaml.get("active_time_intervals")), "true".equals(yaml.get("continue")),
					Yaml.list(yaml.get("routes")).stream().map(Yaml::map).map(Route::of).toList());
		}

		// The deepest that match, and after the first only if that one goes on.
		List<Route> find(Map<String, String> labels) {
			if (!this.matchers.stream().allMatch((matcher) -> matcher.matches(labels))) {
				return List.of();
			}
			List<Route> found = new ArrayList<>();
			for (Route route : this.routes) {
				List<Route> below = route.find(labels);
				found.addAll(below);
				if (!below.isEmpty() && !route.goesOn()) {
					break;
				}
			}
			return found.isEmpty() ? List.of(this) : found;
		}

		private static List<String> strings(@Nullable Object yaml) {
			return Yaml.list(yaml).stream().map(String::valueOf).toList();
		}

	}

}
