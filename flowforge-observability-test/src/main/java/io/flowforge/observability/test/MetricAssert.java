package io.flowforge.observability.test;

import java.util.List;

import org.assertj.core.api.AbstractAssert;

/**
 * Assertions for a metric. Its value is the sum of its series, as {@code sum} in
 * Prometheus: of all of them, or of those that have the tags that were asserted before.
 * Counters, and the counts, sums and buckets of timers and distribution summaries start
 * at zero with each test. Each assertion waits as long as {@link TelemetryAssert} does.
 *
 * @since 0.1.0
 */
public final class MetricAssert extends AbstractAssert<MetricAssert, Double> {

	private final Search<Metric> search;

	MetricAssert(Search<Metric> search) {
		this(search, search.find());
	}

	private MetricAssert(Search<Metric> search, List<Metric> found) {
		super(sum(found), MetricAssert.class);
		this.search = search;
	}

	/**
	 * Verify that the metric has series with this tag, and go on with those.
	 * @param key the key of the tag, as a label in Prometheus
	 * @param value the value of the tag
	 * @return assertions for these series
	 * @throws AssertionError if there are none in time
	 */
	public MetricAssert withTag(String key, String value) {
		return new MetricAssert(withTag(this.search, key, value));
	}

	/**
	 * Verify the value of the metric.
	 * @param value the value; times are in seconds, sizes in bytes
	 * @return these assertions
	 * @throws AssertionError if it is another when the time is up
	 */
	public MetricAssert withValue(double value) {
		Search<Metric> valued = this.search.with("with value " + value, (metric) -> true);
		return new MetricAssert(this.search, valued.find((found) -> sum(found) == value));
	}

	static Search<Metric> withTag(Search<Metric> search, String key, String value) {
		return search.with("with " + key + "=\"" + value + "\"", (metric) -> value.equals(metric.tags().get(key)));
	}

	private static double sum(List<Metric> metrics) {
		return metrics.stream().mapToDouble(Metric::value).sum();
	}

}
