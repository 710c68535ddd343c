package io.flowforge.observability.export.statistics;

/**
 * A kind of telemetry that is exported.
 * <p>
 * Internal: public only for the other packages of this library.
 */
public enum Signal {

	/**
	 * Spans.
	 */
	TRACES("traces", "span"),

	/**
	 * Log records.
	 */
	LOGS("logs", "log");

	private final String tag;

	private final String item;

	Signal(String tag, String item) {
		this.tag = tag;
		this.item = item;
	}

	/**
	 * Return the value of the metrics' {@code signal} label.
	 * @return {@code traces} or {@code logs}
	 */
	public String tag() {
		return this.tag;
	}

	// What OpenTelemetry's own metrics call one of them.
	String item() {
		return this.item;
	}

}
