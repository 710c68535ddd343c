package io.flowforge.observability.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.flowforge.observability.service.SecretKeys;
import io.opentelemetry.api.logs.LoggerProvider;
import org.slf4j.ILoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/**
 * Attaches an {@link OpenTelemetryAppender} to the root logger for as long as the
 * application context lives.
 */
final class LogExport implements InitializingBean, DisposableBean {

	private final ILoggerFactory loggerFactory;

	private final OpenTelemetryAppender appender;

	LogExport(ILoggerFactory loggerFactory, LoggerProvider loggerProvider, SecretKeys secretKeys) {
		this.loggerFactory = loggerFactory;
		this.appender = new OpenTelemetryAppender(loggerProvider, secretKeys);
	}

	@Override
	public void afterPropertiesSet() {
		// Another logging library may be bound although Logback's classes are there.
		if (this.loggerFactory instanceof LoggerContext context) {
			this.appender.setContext(context);
			this.appender.setName("flowforge-otlp");
			this.appender.start();
			context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(this.appender);
		}
	}

	@Override
	public void destroy() {
		if (this.loggerFactory instanceof LoggerContext context) {
			context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(this.appender);
			this.appender.stop();
		}
	}

}
