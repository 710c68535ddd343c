package io.flowforge.observability.redaction;

import java.util.Collection;
import java.util.List;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/**
 * Keeps secrets in the attributes of spans, their events and their links from whatever
 * the spans are exported to. Works where the export does, not on a request's thread.
 * <p>
 * Internal: public only for the other packages of this library.
 */
public final class RedactingSpanExporter implements SpanExporter {

	private final SpanExporter delegate;

	private final SecretKeys secretKeys;

	public RedactingSpanExporter(SpanExporter delegate, SecretKeys secretKeys) {
		this.delegate = delegate;
		this.secretKeys = secretKeys;
	}

	@Override
	public CompletableResultCode export(Collection<SpanData> spans) {
		return this.delegate.export(spans.stream().map(this::redact).toList());
	}

	private SpanData redact(SpanData span) {
		boolean secrets = hasSecrets(span.getAttributes())
				|| span.getEvents().stream().anyMatch((event) -> hasSecrets(event.getAttributes()))
				|| span.getLinks().stream().anyMatch((link) -> hasSecrets(link.getAttributes()));
		return secrets ? new RedactedSpan(span) : span;
	}

	private EventData redact(EventData event) {
		return EventData.create(event.getEpochNanos(), event.getName(), redact(event.getAttributes()),
				event.getTotalAttributeCount());
	}

	private LinkData redact(LinkData link) {
		return LinkData.create(link.getSpanContext(), redact(link.getAttributes()), link.getTotalAttributeCount());
	}

	private Attributes redact(Attributes attributes) {
		AttributesBuilder redacted = attributes.toBuilder();
		attributes.forEach((key, value) -> {
			if (isSecret(key)) {
				redacted.put(key.getKey(), SecretKeys.REDACTED);
			}
		});
		return redacted.build();
	}

	private boolean hasSecrets(Attributes attributes) {
		return attributes.asMap().keySet().stream().anyMatch(this::isSecret);
	}

	private boolean isSecret(AttributeKey<?> key) {
		return this.secretKeys.matches(key.getKey());
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
	private final class RedactedSpan extends DelegatingSpanData {

		private final Attributes attributes;

		private final List<EventData> events;

		private final List<LinkData> links;

		RedactedSpan(SpanData span) {
			super(span);
			this.attributes = redact(span.getAttributes());
			this.events = span.getEvents().stream().map(RedactingSpanExporter.this::redact).toList();
			this.links = span.getLinks().stream().map(RedactingSpanExporter.this::redact).toList();
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
