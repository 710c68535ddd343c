package io.flowforge.observability.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.flowforge.observability.logging.record.LogRecords;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;

/**
 * An event that is exported later, with what is known of it only while it is logged.
 *
 * @param event the event, with its own time
 * @param span the span it was logged in
 */
record BufferedEvent(ILoggingEvent event, Span span) {

	static BufferedEvent of(ILoggingEvent event, Context context) {
		// The message's arguments may change later, and the logging context will.
		event.prepareForDeferredProcessing();
		return new BufferedEvent(event, Span.wrap(Span.fromContext(context).getSpanContext()));
	}

	void emitTo(LogRecords records) {
		records.emit(this.event, Context.root().with(this.span));
	}

}
