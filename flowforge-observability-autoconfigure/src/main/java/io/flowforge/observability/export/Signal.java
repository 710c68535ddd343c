package io.flowforge.observability.export;

/**
 * What is exported.
 * <p>
 * Internal: public only for the other packages of this library.
 */
public enum Signal {

	/**
	 * Spans.
	 */
	TRACES("traces", "span", "management.opentelemetry.tracing.export.otlp.endpoint"),

	/**
	 * Log records.
	 */
	LOGS("logs", "log", "management.opentelemetry.logging.export.otlp.endpoint");

	private final String tag;

	private final String item;

	private final String endpointProperty;

	Signal(String tag, String item, String endpointProperty) {
		this.tag = tag;
		this.item = item;
		this.endpointProperty = endpointProperty;
	}

	// The value of the metrics' {@code signal} label.
	public String tag() {
		return this.tag;
	}

	// What OpenTelemetry's own metrics call one of them.
	String item() {
		return this.item;
	}

	// Spring Boot's property for where they go.
	String endpointProperty() {
		return this.endpointProperty;
	}

}
