package io.flowforge.observability.tracing.observation;

import io.micrometer.common.KeyValues;

/**
 * What requests with the same method, route, status and exception have in common. There
 * is one instance for all of them.
 */
final class RequestSeries {

	private final String name;

	private final String contextualName;

	private final KeyValues keyValues;

	RequestSeries(String name, String contextualName, KeyValues keyValues) {
		this.name = name;
		this.contextualName = contextualName;
		this.keyValues = keyValues;
	}

	String name() {
		return this.name;
	}

	String contextualName() {
		return this.contextualName;
	}

	KeyValues keyValues() {
		return this.keyValues;
	}

}
