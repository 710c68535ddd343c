package io.flowforge.samples.inbox;

import java.time.Duration;

/**
 * Says times to people.
 */
final class Words {

	private Words() {
	}

	/**
	 * Return a duration in its largest unit.
	 * @param duration any duration
	 * @return for example {@code 4 min}
	 */
	static String of(Duration duration) {
		if (duration.toDays() > 1) {
			return duration.toDays() + " days";
		}
		if (duration.toHours() > 0) {
			return duration.toHours() + " h";
		}
		return (duration.toMinutes() > 0) ? duration.toMinutes() + " min" : Math.max(0, duration.toSeconds()) + " s";
	}

	/**
	 * Return a duration to the second, as a countdown.
	 * @param duration any duration
	 * @return for example {@code 1 min 5 s}
	 */
	static String countdown(Duration duration) {
		long seconds = Math.max(0, duration.toSeconds());
		return (seconds < 60) ? seconds + " s" : "%d min %d s".formatted(seconds / 60, seconds % 60);
	}

}
