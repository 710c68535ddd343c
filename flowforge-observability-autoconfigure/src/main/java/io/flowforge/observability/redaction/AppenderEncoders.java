package io.flowforge.observability.redaction;

import java.util.function.UnaryOperator;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AsyncAppenderBase;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.AppenderAttachable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * The encoders of Logback's appenders for consoles and files, asynchronous or not. An
 * encoder is exchanged under way: the appender goes on, and no line is lost.
 */
final class AppenderEncoders {

	private AppenderEncoders() {
	}

	static void redact(SecretKeys secretKeys) {
		replaceAll((encoder) -> new RedactingEncoder(RedactingEncoder.unwrap(encoder), secretKeys));
	}

	static void restore() {
		replaceAll(RedactingEncoder::unwrap);
	}

	private static void replaceAll(UnaryOperator<Encoder<ILoggingEvent>> replacement) {
		ILoggerFactory factory = LoggerFactory.getILoggerFactory();
		// Another logging library may be bound although Logback's classes are there.
		if (factory instanceof LoggerContext context) {
			context.getLoggerList().forEach((logger) -> replace(logger, replacement));
		}
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
