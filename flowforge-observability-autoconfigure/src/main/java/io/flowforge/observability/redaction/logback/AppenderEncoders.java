package io.flowforge.observability.redaction.logback;

import java.util.function.UnaryOperator;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AsyncAppenderBase;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.AppenderAttachable;
import io.flowforge.observability.redaction.SecretKeys;

/**
 * The encoders of Logback's appenders for consoles and files, asynchronous or not. An
 * encoder is replaced while its appender is in use, and no line is lost.
 */
final class AppenderEncoders {

	private AppenderEncoders() {
	}

	static void redact(LoggerContext context, SecretKeys secretKeys) {
		context.getLoggerList().forEach((logger) -> redact(logger, secretKeys));
	}

	static void redact(AppenderAttachable<ILoggingEvent> logger, SecretKeys secretKeys) {
		replace(logger, (encoder) -> RedactingEncoder.of(encoder, secretKeys));
	}

	static void restore(LoggerContext context) {
		context.getLoggerList().forEach((logger) -> replace(logger, RedactingEncoder::unwrap));
	}

	private static void replace(AppenderAttachable<ILoggingEvent> parent,
			UnaryOperator<Encoder<ILoggingEvent>> replacement) {
		parent.iteratorForAppenders().forEachRemaining((appender) -> replace(appender, replacement));
	}

	private static void replace(Appender<ILoggingEvent> appender, UnaryOperator<Encoder<ILoggingEvent>> replacement) {
		if (appender instanceof AsyncAppenderBase<ILoggingEvent> parent) {
			replace((AppenderAttachable<ILoggingEvent>) parent, replacement);
		}
		else if (appender instanceof OutputStreamAppender<ILoggingEvent> output && output.getEncoder() != null) {
			output.setEncoder(replacement.apply(output.getEncoder()));
		}
	}

}
