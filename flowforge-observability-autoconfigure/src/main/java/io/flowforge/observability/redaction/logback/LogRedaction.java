package io.flowforge.observability.redaction.logback;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.flowforge.observability.redaction.SecretKeys;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Keeps secrets and forged lines out of the consoles and log files of this JVM, also
 * after Logback has been set up anew.
 */
final class LogRedaction extends LoggerContextWatcher {

	static final LogRedaction INSTANCE = new LogRedaction();

	private static final String GUARD = "flowforge-redaction";

	private volatile @Nullable SecretKeys secretKeys;

	private LogRedaction() {
	}

	/**
	 * Redact what is written from now on.
	 * @param secretKeys the keys whose values must not be written
	 */
	void apply(SecretKeys secretKeys) {
		this.secretKeys = secretKeys;
		// Another logging library may be bound although Logback's classes are there.
		if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
			watch(context);
			AppenderEncoders.redact(context, secretKeys);
		}
	}

	/**
	 * Redact again what has been redacted before, now that Logback is set up anew.
	 */
	void reapply() {
		SecretKeys secretKeys = this.secretKeys;
		if (secretKeys != null) {
			apply(secretKeys);
		}
	}

	/**
	 * Leave consoles and log files as the application has configured them.
	 */
	void remove() {
		this.secretKeys = null;
		if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
			unwatch(context);
			context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).detachAppender(GUARD);
			AppenderEncoders.restore(context);
		}
	}

	@Override
	protected void onReset(LoggerContext context) {
		Guard guard = new Guard();
		guard.setContext(context);
		guard.setName(GUARD);
		guard.start();
		context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(guard);
	}

	@Override
	protected void onConfigured(LoggerContext context) {
		SecretKeys secretKeys = this.secretKeys;
		if (secretKeys != null) {
			AppenderEncoders.redact(context, secretKeys);
			context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).detachAppender(GUARD);
		}
	}

	/**
	 * The first appender of the root logger while Logback is being set up. Other threads
	 * go on logging meanwhile: an appender that the configuration has just attached must
	 * not see an event before its encoder redacts.
	 */
	private final class Guard extends UnsynchronizedAppenderBase<ILoggingEvent> {

		@Override
		protected void append(ILoggingEvent event) {
			SecretKeys secretKeys = LogRedaction.this.secretKeys;
			if (secretKeys != null && getContext() instanceof LoggerContext context) {
				Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
				AppenderEncoders.redact(root, secretKeys);
			}
		}

	}

}
