package io.flowforge.samples.inbox;

import java.time.Duration;
import java.time.Instant;

import io.flowforge.samples.inbox.Watchdog.Report;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the watchdog says, and when.
 */
class WatchdogTests {

	private Instant now = Instant.parse("2026-01-01T00:00:00Z");

	private final Watchdog watchdog = new Watchdog(() -> this.now);

	@Test
	void waitsAtFirst() {
		assertThat(this.watchdog.report()).isEqualTo(new Report("waiting", "Watchdog not heard yet"));
	}

	@Test
	void tellsWhenItWasHeard() {
		this.watchdog.hear();
		pass(Duration.ofSeconds(12));
		assertThat(this.watchdog.report()).isEqualTo(new Report("heard", "Watchdog last heard 12 s ago"));
		pass(Duration.ofMinutes(9));
		assertThat(this.watchdog.report()).isEqualTo(new Report("heard", "Watchdog last heard 9 min ago"));
	}

	@Test
	void warnsWhenItFallsSilent() {
		this.watchdog.hear();
		pass(Duration.ofMinutes(11));
		assertThat(this.watchdog.report())
			.isEqualTo(new Report("late", "Watchdog not heard for 11 min: alerts may not be getting out"));
	}

	@Test
	void warnsWhenItIsNeverHeard() {
		pass(Duration.ofHours(2));
		assertThat(this.watchdog.report())
			.isEqualTo(new Report("late", "Watchdog not heard for 2 h: alerts may not be getting out"));
	}

	private void pass(Duration duration) {
		this.now = this.now.plus(duration);
	}

}
