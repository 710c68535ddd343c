package io.flowforge.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.flowforge.launcher.Terminal;

/**
 * What happened in a drill, and when.
 */
final class Stages {

	private final List<Stage> all = new ArrayList<>();

	/**
	 * Note that something has happened.
	 * @param what what
	 * @param at when
	 */
	void add(String what, Instant at) {
		this.all.add(new Stage(what, at));
	}

	/**
	 * Print how many seconds each stage took.
	 * @param terminal where to print
	 */
	void print(Terminal terminal) {
		terminal.say("");
		Instant before = this.all.isEmpty() ? Instant.now() : this.all.get(0).at;
		for (Stage stage : this.all) {
			double seconds = Math.max(0, Duration.between(before, stage.at).toMillis() / 1000.0);
			terminal
				.say("  %8s  %s".formatted((stage == this.all.get(0)) ? "" : "%.1f s".formatted(seconds), stage.what));
			before = stage.at.isAfter(before) ? stage.at : before;
		}
	}

	private record Stage(String what, Instant at) {

	}

}
