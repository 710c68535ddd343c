package io.flowforge.observability.endpoint;

import java.util.List;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;

import org.springframework.core.env.Environment;

/**
 * Says why neither spans nor log records are exported.
 */
final class ExportOffFindings implements Findings {

	private static final String SWITCH = "management.opentelemetry.enabled";

	private final Environment environment;

	ExportOffFindings(Environment environment) {
		this.environment = environment;
	}

	@Override
	public List<Finding> find() {
		if (!this.environment.getProperty(SWITCH, Boolean.class, true)) {
			return List.of(new Finding(SWITCH,
					"OpenTelemetry is off: spans and log records are not exported, and alerts link to neither. Set it to true to export them."));
		}
		return List.of(new Finding("flowforge.observability.otlp.endpoint",
				"""
						Spans and log records are not exported: the class path lacks a library that this needs, or \
						ExportAutoConfiguration is excluded. Add the dependency flowforge-observability-starter without exclusions."""));
	}

}
