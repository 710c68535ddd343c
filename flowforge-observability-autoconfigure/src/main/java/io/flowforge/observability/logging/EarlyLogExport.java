package io.flowforge.observability.logging;

import java.time.Duration;

import io.flowforge.observability.redaction.SecretKeys;
import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;

import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Export of log events around the life of an application's beans.
 */
final class EarlyLogExport {

	// Of two seconds, with some for the start of the exporter and the end of the JVM.
	private static final Duration PATIENCE = Duration.ofMillis(1500);

	// One object: adding it again adds nothing.
	private static final Runnable CLOSE = LogRelay.INSTANCE::close;

	private EarlyLogExport() {
	}

	static void open(ConfigurableEnvironment environment) {
		LoggingProperties properties = LoggingProperties.of(environment);
		if (!environment.getProperty(ConditionalOnObservabilityEnabled.PROPERTY, Boolean.class, true)
				|| !properties.export().enabled()) {
			giveUp();
			return;
		}
		LastLines lastLines = new LastLines(new EnvironmentTarget(environment), SecretKeys.of(environment),
				() -> PATIENCE);
		LogRelay.INSTANCE.open(properties.startupBuffer(), lastLines);
		OpenTelemetryAppender.attach();
		// Runs when all contexts have closed, and before Spring Boot stops Logback.
		SpringApplication.getShutdownHandlers().add(CLOSE);
	}

	/**
	 * Detach from logging when the last bean of an application has gone, unless its start
	 * has failed: then the reason is still to be told.
	 * @param application the application
	 */
	static void closeAfter(ConfigurableApplicationContext application) {
		if (application.getBeanFactory() instanceof DefaultSingletonBeanRegistry registry) {
			// Beans are destroyed in reverse order, and there are none yet.
			registry.registerDisposableBean("flowforgeLogExportEnd", () -> {
				if (application.isClosed() && !LogRelay.INSTANCE.isConnected()) {
					LogRelay.INSTANCE.close();
					OpenTelemetryAppender.detach();
				}
			});
		}
	}

	/**
	 * Detach from logging if no application of this JVM exports its events.
	 */
	static void giveUp() {
		if (!LogRelay.INSTANCE.isConnected()) {
			LogRelay.INSTANCE.discard();
			OpenTelemetryAppender.detach();
		}
	}

}
