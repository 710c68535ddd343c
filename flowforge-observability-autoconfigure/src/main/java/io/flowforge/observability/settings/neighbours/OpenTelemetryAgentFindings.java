package io.flowforge.observability.settings.neighbours;

import java.util.List;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;

import org.springframework.core.env.Environment;

/**
 * Finds the OpenTelemetry Java agent, which does part of the same work.
 */
final class OpenTelemetryAgentFindings implements Findings {

	// In all distributions of the agent. It puts this class on the boot class path.
	private static final String AGENT_CLASS = "io.opentelemetry.javaagent.bootstrap.AgentInitializer";

	private final Environment environment;

	OpenTelemetryAgentFindings(Environment environment) {
		this.environment = environment;
	}

	@Override
	public List<Finding> find() {
		return (isAttached() && isEnabled()) ? List.of(new Finding("OpenTelemetry Java agent",
				"""
						The agent is attached to this JVM and traces requests and exports log records as well: each request has two \
						server spans, and each log record is exported twice. Remove the agent; or keep it, and set \
						management.tracing.export.enabled=false and flowforge.observability.logging.export.enabled=false."""))
				: List.of();
	}

	private static boolean isAttached() {
		try {
			Class.forName(AGENT_CLASS, false, null);
			return true;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

	// The agent itself reads these two.
	private boolean isEnabled() {
		return !"false".equalsIgnoreCase(System.getProperty("otel.javaagent.enabled",
				this.environment.getProperty("OTEL_JAVAAGENT_ENABLED", "true")));
	}

}
