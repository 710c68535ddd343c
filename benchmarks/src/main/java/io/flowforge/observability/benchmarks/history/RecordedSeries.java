package io.flowforge.observability.benchmarks.history;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * A series in the history of Prometheus.
 *
 * @param name its name and labels
 * @param interval how often there is a sample
 * @param since when the first one was recorded
 * @param values what was recorded
 */
public record RecordedSeries(String name, Duration interval, Instant since, Values values) {

	/**
	 * Write the samples of a time as OpenMetrics.
	 * @param text where to
	 * @param from the first second
	 * @param until the second after the last one
	 * @throws IOException if it cannot be written
	 */
	void write(Appendable text, Instant from, Instant until) throws IOException {
		long step = this.interval.toSeconds();
		long first = Math.max(from.getEpochSecond(), this.since.getEpochSecond());
		for (long time = (first + step - 1) / step * step; time < until.getEpochSecond(); time += step) {
			double value = this.values.at(time);
			if (!Double.isNaN(value)) {
				text.append(this.name).append(' ').append(Double.toString(value)).append(' ');
				text.append(Long.toString(time)).append('\n');
			}
		}
	}

	/**
	 * The values of a series over time.
	 */
	public interface Values {

		/**
		 * Return the value at a time.
		 * @param time the seconds since 1970
		 * @return the value, or {@code NaN} where there is no sample
		 */
		double at(long time);

		/**
		 * The same value at all times.
		 * @param value the value
		 * @return the values
		 */
		static Values always(double value) {
			return (time) -> value;
		}

	}

}
