package io.flowforge.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.flowforge.launcher.Terminal;

/**
 * What happened in a drill, and how many seconds it took.
 */
final class Stages {

	private final List<String> lines = new ArrayList<>();

	private Instant beginning = Instant.now();

	/**
	 * Count from now on.
	 * @param heading since what, such as {@code After the service broke}
	 */
	void begin(String heading) {
		this.beginning = Instant.now();
		this.lines.add(heading + ":");
	}

	Instant beginning() {
		return this.beginning;
	}

	/**
	 * Note that something has happened.
	 * @param what what
	 * @param at when
	 */
	void add(String what, Instant at) {
		double seconds = Math.max(0, Duration.between(this.beginning, at).toMillis() / 1000.0);
		this.lines.add("  %7s  %s".formatted("%.1f s".formatted(seconds), what));
	}

	void print(Terminal terminal) {
		terminal.say("");
		this.lines.forEach(terminal::say);
	}

}
