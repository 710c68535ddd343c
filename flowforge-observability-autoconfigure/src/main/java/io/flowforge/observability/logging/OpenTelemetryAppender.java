package io.flowforge.observability.logging;

import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.flowforge.observability.logging.record.LogRecords;
import io.flowforge.observability.redaction.logback.LoggerContextWatcher;
import io.flowforge.observability.tracing.LoggedTrace;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * The appender of the root logger that gives Logback's events to the {@link LogPipeline}.
 */
final class OpenTelemetryAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

	private static final String NAME = "flowforge-otlp";

	private static final Watcher WATCHER = new Watcher();

	// What exports log records must not make new ones: the SDK, and its HTTP client.
	private static final String SDK_LOGGERS = "io.opentelemetry.";

	private static final String CLIENT_LOGGERS = "okhttp3.";

	private static final long UNKNOWN = Long.MAX_VALUE;

	private static final long SETTLING_MILLIS = 1000;

	// After a reset every logger is at DEBUG until its new level is known.
	private volatile long levelsKnownSince;

	private OpenTelemetryAppender(LoggerContext context, long levelsKnownSince) {
		setContext(context);
		setName(NAME);
		this.levelsKnownSince = levelsKnownSince;
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
		if (event.getLevel().levelInt < Level.INFO_INT && isLeftOverFromReset(event)) {
			return;
		}
		String logger = event.getLoggerName();
		if (!logger.startsWith(SDK_LOGGERS) && !logger.startsWith(CLIENT_LOGGERS)) {
			LogPipeline.INSTANCE.accept(event, context(event));
		}
	}

	// A thread may have passed its logger's level while that was still the default of a
	// reset, and get here after the configuration is complete. A reset stops this
	// appender
	// before it changes levels, so a level counts only while the appender is started.
	private boolean isLeftOverFromReset(ILoggingEvent event) {
		long knownSince = this.levelsKnownSince;
		if (knownSince == UNKNOWN) {
			return true;
		}
		if (event.getTimeStamp() > knownSince + SETTLING_MILLIS) {
			return false;
		}
		List<Marker> markers = event.getMarkerList();
		Marker marker = (markers == null || markers.isEmpty()) ? null : markers.get(0);
		Logger logger = ((LoggerContext) getContext()).getLogger(event.getLoggerName());
		return !logger.isEnabledFor(marker, event.getLevel()) || !isStarted();
	}

	// The container's own line on a failed request comes after the span's scope: its ids
	// are in the logging context only.
	private static Context context(ILoggingEvent event) {
		Context current = Context.current();
		if (Span.fromContext(current).getSpanContext().isValid()) {
			return current;
		}
		Map<String, String> loggingContext = event.getMDCPropertyMap();
		String traceId = loggingContext.get(LogRecords.TRACE_ID);
		String spanId = loggingContext.get(LogRecords.SPAN_ID);
		if (traceId == null || spanId == null) {
			return current;
		}
		TraceFlags flags = LoggedTrace.isSampled() ? TraceFlags.getSampled() : TraceFlags.getDefault();
		SpanContext remembered = SpanContext.create(traceId, spanId, flags, TraceState.getDefault());
		return remembered.isValid() ? current.with(Span.wrap(remembered)) : current;
	}

	private static final class Watcher extends LoggerContextWatcher {

		void attach(LoggerContext context) {
			watch(context);
			add(context, System.currentTimeMillis());
		}

		void detach(LoggerContext context) {
			unwatch(context);
			root(context).detachAppender(NAME);
		}

		@Override
		protected void onReset(LoggerContext context) {
			// Other threads go on logging while Logback is being set up.
			add(context, UNKNOWN);
		}

		@Override
		protected void onConfigured(LoggerContext context) {
			add(context, System.currentTimeMillis());
		}

		private synchronized void add(LoggerContext context, long levelsKnownSince) {
			Logger root = root(context);
			if (root.getAppender(NAME) instanceof OpenTelemetryAppender attached) {
				attached.levelsKnownSince = levelsKnownSince;
			}
			else {
				root.addAppender(new OpenTelemetryAppender(context, levelsKnownSince));
			}
		}

		private static Logger root(LoggerContext context) {
			return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		}

	}

}
