package io.flowforge.observability.settings.neighbours;

import java.util.List;
import java.util.Map;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;
import org.slf4j.LoggerFactory;

/**
 * Finds a logging library other than Logback.
 */
final class LoggingLibraryFindings implements Findings {

	private static final String LOGBACK = "ch.qos.logback.classic.LoggerContext";

	private static final Map<String, String> NAMES = Map.of("org.apache.logging.slf4j.Log4jLoggerFactory", "Log4j 2",
			"org.slf4j.jul.JDK14LoggerFactory", "java.util.logging");

	@Override
	public List<Finding> find() {
		String factory = LoggerFactory.getILoggerFactory().getClass().getName();
		if (factory.equals(LOGBACK)) {
			return List.of();
		}
		return List.of(new Finding(NAMES.getOrDefault(factory, factory),
				"""
						The log is not written by Logback: log records are not exported, secrets in log lines are not redacted, and \
						flowforge.observability.logging.* has no effect. Use spring-boot-starter-logging to get all of this."""));
	}

}
