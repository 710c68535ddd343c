package io.flowforge.observability.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.flowforge.observability.benchmarks.history.RecordedSeries;
import io.flowforge.observability.benchmarks.history.RecordedSeries.Values;

/**
 * What rules look back on for hours and days: without it, a Prometheus that was just
 * started has next to nothing to read. Names, labels and intervals are those of the
 * recording rules in {@code prometheus-rules}.
 */
final class RuleHistory {

	/**
	 * The longest window of a rule.
	 */
	static final Duration LENGTH = Duration.ofDays(30);

	/**
	 * The longest block that Prometheus itself makes of a month.
	 */
	static final Duration BLOCK = Duration.ofHours(54);

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

	private static final Duration HOUR = Duration.ofHours(1);

	private final Random random = new Random(1);

	private final List<RecordedSeries> series = new ArrayList<>();

	private final Instant until;

	private RuleHistory(Instant until) {
		this.until = until;
	}

	static List<RecordedSeries> of(int services, Instant until) {
		RuleHistory history = new RuleHistory(until);
		for (int service = 0; service < services; service++) {
			history.addService(service);
		}
		return history.series;
	}

	private void addService(int service) {
		String labels = "application=\"service-%d\",environment=\"prod\"".formatted(service);
		addHours("flowforge:service_seen", labels, TEN_MINUTES);
		addHours("flowforge:service_with_requests_seen", labels, TEN_MINUTES);
		addHours("flowforge:service_owner:start_time_seconds",
				labels + ",slack_channel=\"#team\",team=\"team-%d\"".formatted(service), MINUTE);
		addRequests(labels + ",objective=\"errors\"");
		addWeek(labels);
	}

	private void addHours(String name, String labels, Duration interval) {
		add(name, labels, interval, HOUR.multipliedBy(6), Values.always(1));
	}

	// Rates are seldom the same twice, which is what makes them long to read.
	private void addRequests(String labels) {
		addRequests(labels, "rate5m", MINUTE, Duration.ofHours(6));
		addRequests(labels, "rate10m", TEN_MINUTES, Duration.ofDays(3));
		addRequests(labels, "rate1h", HOUR, LENGTH);
	}

	private void addRequests(String labels, String window, Duration interval, Duration length) {
		add("flowforge:slo_requests:" + window, labels, interval, length, (time) -> 30 + this.random.nextDouble());
		add("flowforge:slo_requests_bad:" + window, labels, interval, length, (time) -> this.random.nextDouble() / 10);
	}

	private void addWeek(String labels) {
		Duration week = Duration.ofDays(7);
		add("flowforge:http_error_ratio_sustained:max10m", labels, TEN_MINUTES, week,
				(time) -> this.random.nextDouble() / 100);
		add("flowforge:http_p99_seconds_sustained:max10m", labels, TEN_MINUTES, week,
				(time) -> this.random.nextDouble());
		add("flowforge:http_slow_ratio_sustained:max10m", labels + ",limit=\"2\"", TEN_MINUTES, week,
				(time) -> this.random.nextDouble() / 100);
		add("flowforge:slo_bad_ratio_sustained:max10m", labels + ",objective=\"errors\"", TEN_MINUTES, week,
				(time) -> this.random.nextDouble() / 1000);
	}

	private void add(String name, String labels, Duration interval, Duration length, Values values) {
		this.series
			.add(new RecordedSeries("%s{%s}".formatted(name, labels), interval, this.until.minus(length), values));
	}

}
