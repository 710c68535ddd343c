package io.flowforge.observability.testing;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/**
 * An exporter of a service's own, which collects spans in memory.
 */
public final class CollectingSpanExporter implements SpanExporter {

	private final List<SpanData> spans = new CopyOnWriteArrayList<>();

	@Override
	public CompletableResultCode export(Collection<SpanData> spans) {
		this.spans.addAll(spans);
		return CompletableResultCode.ofSuccess();
	}

	/**
	 * The names of the spans that were exported so far.
	 * @return the names, in the order of the export
	 */
	public List<String> names() {
		return this.spans.stream().map(SpanData::getName).toList();
	}

	/**
	 * The spans that were exported so far.
	 * @return the spans, in the order of the export
	 */
	public List<SpanData> spans() {
		return this.spans;
	}

	@Override
	public CompletableResultCode flush() {
		return CompletableResultCode.ofSuccess();
	}

	@Override
	public CompletableResultCode shutdown() {
		return CompletableResultCode.ofSuccess();
	}

}
