package io.flowforge.observability.logging;

import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.flowforge.observability.redaction.LoggerContextWatcher;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import org.slf4j.LoggerFactory;

/**
 * The appender of the root logger that gives Logback's events to the {@link LogPipeline}.
 */
final class OpenTelemetryAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

	private static final String NAME = "flowforge-otlp";

	private static final Watcher WATCHER = new Watcher();

	// What exports log records must not make new ones: the SDK, and its HTTP client.
	private static final String SDK_LOGGERS = "io.opentelemetry.";

	private static final String CLIENT_LOGGERS = "okhttp3.";

	// After a reset the root logger is at DEBUG until its new level is known.
	private volatile boolean levelsUnknown;

	private OpenTelemetryAppender(LoggerContext context, boolean levelsUnknown) {
		setContext(context);
		setName(NAME);
		this.levelsUnknown = levelsUnknown;
		start();
	}

	/**
	 * Attach the appender, unless it is attached, and attach it again whenever Logback is
	 * reset.
	 */
	static void attach() {
		// Another logging library may be bound although Logback's classes are there.
		if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
			WATCHER.attach(context);
		}
	}

	static void detach() {
		if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
			WATCHER.detach(context);
		}
	}

	@Override
	protected void append(ILoggingEvent event) {
		if (this.levelsUnknown && event.getLevel().levelInt < Level.INFO_INT) {
			return;
		}
		String logger = event.getLoggerName();
		if (!logger.startsWith(SDK_LOGGERS) && !logger.startsWith(CLIENT_LOGGERS)) {
			LogPipeline.INSTANCE.accept(event, context(event));
		}
	}

	// The container's own line on a failed request comes after the span's scope: its ids
	// are in the logging context only.
	private static Context context(ILoggingEvent event) {
		Context current = Context.current();
		if (Span.fromContext(current).getSpanContext().isValid()) {
			return current;
		}
		Map<String, String> loggingContext = event.getMDCPropertyMap();
		String traceId = loggingContext.get("traceId");
		String spanId = loggingContext.get("spanId");
		if (traceId == null || spanId == null) {
			return current;
		}
		SpanContext remembered = SpanContext.create(traceId, spanId, TraceFlags.getSampled(), TraceState.getDefault());
		return remembered.isValid() ? current.with(Span.wrap(remembered)) : current;
	}

	private static final class Watcher extends LoggerContextWatcher {

		void attach(LoggerContext context) {
			watch(context);
			add(context, false);
		}

		void detach(LoggerContext context) {
			unwatch(context);
			root(context).detachAppender(NAME);
		}

		@Override
		protected void onReset(LoggerContext context) {
			// Other threads go on logging while Logback is being set up.
			add(context, true);
		}

		@Override
		protected void onConfigured(LoggerContext context) {
			add(context, false);
		}

		private synchronized void add(LoggerContext context, boolean levelsUnknown) {
			Logger root = root(context);
			if (root.getAppender(NAME) instanceof OpenTelemetryAppender attached) {
				attached.levelsUnknown = levelsUnknown;
			}
			else {
				root.addAppender(new OpenTelemetryAppender(context, levelsUnknown));
			}
		}

		private static Logger root(LoggerContext context) {
			return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		}

	}

}
