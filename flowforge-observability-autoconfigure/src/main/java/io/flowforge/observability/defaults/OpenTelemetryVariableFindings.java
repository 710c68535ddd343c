package io.flowforge.observability.defaults;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.flowforge.observability.service.Finding;
import io.flowforge.observability.service.Findings;

import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Finds OpenTelemetry's environment variables: Spring Boot maps them to properties that
 * win over all files. Their values may be secrets and are not told.
 */
final class OpenTelemetryVariableFindings implements Findings {

	private static final String PREFIX = "OTEL_";

	private static final String SWITCH = "management.opentelemetry.map-environment-variables";

	private final ConfigurableEnvironment environment;

	OpenTelemetryVariableFindings(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public List<Finding> find() {
		if (!this.environment.getProperty(SWITCH, Boolean.class, true)) {
			return List.of();
		}
		Set<String> names = new TreeSet<>(this.environment.getSystemEnvironment().keySet());
		return names.stream()
			.filter((name) -> name.startsWith(PREFIX))
			.map((name) -> new Finding(name,
					"This environment variable is in force, and wins over application.yml. Set %s to false to ignore all of them."
						.formatted(SWITCH)))
			.toList();
	}

}
