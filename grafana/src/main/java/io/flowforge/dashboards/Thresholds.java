package io.flowforge.dashboards;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Thresholds: the colours of values, by the value from which each colour applies.
 */
final class Thresholds {

	private final List<Map<String, Object>> steps = new ArrayList<>();

	private Thresholds() {
	}

	static Thresholds of(Colour base) {
		return new Thresholds().step(null, base);
	}

	/**
	 * Thresholds that are good below a value, and wrong from it on.
	 * @param value the value
	 * @return the thresholds
	 */
	static Thresholds wrongFrom(double value) {
		return of(Colour.GOOD).from(value, Colour.WRONG);
	}

	Thresholds from(double value, Colour colour) {
		return step(value, colour);
	}

	private Thresholds step(@Nullable Double value, Colour colour) {
		this.steps.add(Json.object("value", value, "color", colour.toString()));
		return this;
	}

	Map<String, Object> json() {
		return Json.object("mode", "absolute", "steps", this.steps);
	}

}
