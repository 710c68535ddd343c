package io.flowforge.samples.inbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Listens for the alert that always fires: when it is no longer heard, nothing else would
 * be.
 */
@Component
class Watchdog {

	private static final Duration PATIENCE = Duration.ofMinutes(10);

	private final InstantSource clock;

	private final Instant start;

	private volatile @Nullable Instant lastHeard;

	Watchdog(InstantSource clock) {
		this.clock = clock;
		this.start = clock.instant();
	}

	void hear() {
		this.lastHeard = this.clock.instant();
	}

	Report report() {
		Instant heard = this.lastHeard;
		Duration silence = Duration.between((heard != null) ? heard : this.start, this.clock.instant());
		if (silence.compareTo(PATIENCE) > 0) {
			return new Report("late",
					"Watchdog not heard for " + Words.of(silence) + ": alerts may not be getting out");
		}
		if (heard == null) {
			return new Report("waiting", "Watchdog not heard yet");
		}
		return new Report("heard", "Watchdog last heard " + Words.of(silence) + " ago");
	}

	/**
	 * Whether the way from Prometheus to here is known to work.
	 *
	 * @param level {@code heard}, {@code late} or {@code waiting}
	 * @param sentence the same for people
	 */
	record Report(String level, String sentence) {

	}

}
