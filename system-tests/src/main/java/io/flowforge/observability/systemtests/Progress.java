package io.flowforge.observability.systemtests;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/**
 * Shows that something is still being waited for: one line that counts on a terminal, a
 * line every ten seconds elsewhere.
 */
final class Progress {

	private final PrintStream out;

	private final String what;

	private final boolean terminal = System.console() != null;

	private final Instant start = Instant.now();

	private long shown;

	Progress(PrintStream out, String what) {
		this.out = out;
		this.what = what;
	}

	void show() {
		Duration waited = Duration.between(this.start, Instant.now());
		long step = this.terminal ? waited.toSeconds() : waited.toSeconds() / 10;
		if (step != this.shown) {
			this.shown = step;
			this.out.printf(this.terminal ? "\r  … %s, %d s" : "  … %s, %d s%n", this.what, waited.toSeconds());
			this.out.flush();
		}
	}

	void done() {
		if (this.terminal) {
			this.out.print("\r\033[K");
		}
	}

}
