package io.flowforge.observability.redaction;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/**
 * Keeps secrets in the name, the status and the attributes of spans, of their events and
 * of their links from whatever the spans are exported to. Works where the export does,
 * not on a request's thread.
 * <p>
 * Internal: public only for the other packages of this library.
 */
public final class RedactingSpanExporter implements SpanExporter {

	private final SpanExporter delegate;

	private final UrlRedactor urls;

	private final AttributeRedactor attributes;

	public RedactingSpanExporter(SpanExporter delegate, SecretKeys secretKeys) {
		this.delegate = delegate;
		this.urls = new UrlRedactor(secretKeys);
		this.attributes = new AttributeRedactor(secretKeys, this.urls);
	}

	@Override
	public CompletableResultCode export(Collection<SpanData> spans) {
		List<SpanData> redacted = new ArrayList<>(spans.size());
		for (SpanData span : spans) {
			redacted.add(redact(span));
		}
		return this.delegate.export(redacted);
	}

	// Nearly all spans have no secrets, and are returned as they are.
	private SpanData redact(SpanData span) {
		String name = span.getName();
		StatusData status = span.getStatus();
		Attributes attributes = span.getAttributes();
		List<EventData> events = span.getEvents();
		List<LinkData> links = span.getLinks();
		String safeName = this.urls.redact(name);
		StatusData safeStatus = redact(status);
		Attributes safeAttributes = this.attributes.redact(attributes);
		List<EventData> safeEvents = AttributeRedactor.replace(events, this::redact);
		List<LinkData> safeLinks = AttributeRedactor.replace(links, this::redact);
		boolean safe = safeName == name && safeStatus == status && safeAttributes == attributes && safeEvents == events
				&& safeLinks == links;
		return safe ? span : new RedactedSpan(span, safeName, safeStatus, safeAttributes, safeEvents, safeLinks);
	}

	// Micrometer puts the message of an exception there.
	private StatusData redact(StatusData status) {
		String description = status.getDescription();
		String safe = this.urls.redact(description);
		return (safe == description) ? status : StatusData.create(status.getStatusCode(), safe);
	}

	private EventData redact(EventData event) {
		String name = event.getName();
		Attributes attributes = event.getAttributes();
		String safeName = this.urls.redact(name);
		Attributes safeAttributes = this.attributes.redact(attributes);
		return (safeName == name && safeAttributes == attributes) ? event
				: EventData.create(event.getEpochNanos(), safeName, safeAttributes, event.getTotalAttributeCount());
	}

	private LinkData redact(LinkData link) {
		Attributes attributes = link.getAttributes();
		Attributes safe = this.attributes.redact(attributes);
		return (safe == attributes) ? link
				: LinkData.create(link.getSpanContext(), safe, link.getTotalAttributeCount());
	}

	@Override
	public CompletableResultCode flush() {
		return this.delegate.flush();
	}

	@Override
	public CompletableResultCode shutdown() {
		return this.delegate.shutdown();
	}

	@Override
	public String toString() {
		return this.delegate.toString();
	}

	// What exports a span may read it more than once.
	private static final class RedactedSpan extends DelegatingSpanData {

		private final String name;

		private final StatusData status;

		private final Attributes attributes;

		private final List<EventData> events;

		private final List<LinkData> links;

		RedactedSpan(SpanData span, String name, StatusData status, Attributes attributes, List<EventData> events,
				List<LinkData> links) {
			super(span);
			this.name = name;
			this.status = status;
			this.attributes = attributes;
			this.events = events;
			this.links = links;
		}

		@Override
		public String getName() {
			return this.name;
		}

		@Override
		public StatusData getStatus() {
			return this.status;
		}

		@Override
		public Attributes getAttributes() {
			return this.attributes;
		}

		@Override
		public List<EventData> getEvents() {
			return this.events;
		}

		@Override
		public List<LinkData> getLinks() {
			return this.links;
		}

	}

}
