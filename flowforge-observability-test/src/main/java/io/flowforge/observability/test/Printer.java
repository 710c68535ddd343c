package io.flowforge.observability.test;

import java.util.List;
import java.util.stream.Collectors;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.trace.data.SpanData;

import org.springframework.util.StringUtils;

/**
 * Describes what has been captured, one line each.
 */
final class Printer {

	private static final int MAX_VALUE = 120;

	private Printer() {
	}

	static List<String> spans(List<SpanData> spans) {
		return spans.stream()
			.map((span) -> "'%s' %s %s %s trace=%s span=%s parent=%s".formatted(oneLine(span.getName()), span.getKind(),
					span.getStatus().getStatusCode(), attributes(span.getAttributes()), span.getTraceId(),
					span.getSpanId(), span.getParentSpanContext().isValid() ? span.getParentSpanId() : "none"))
			.toList();
	}

	static List<String> logRecords(List<LogRecordData> logRecords) {
		return logRecords.stream()
			.map((logRecord) -> "%s '%s' %s trace=%s".formatted(logRecord.getSeverity(), oneLine(body(logRecord)),
					attributes(logRecord.getAttributes()),
					logRecord.getSpanContext().isValid() ? logRecord.getSpanContext().getTraceId() : "none"))
			.toList();
	}

	static String body(LogRecordData logRecord) {
		Value<?> body = logRecord.getBodyValue();
		return (body != null) ? body.asString() : "";
	}

	// There are a hundred, most of them of the JVM: of others the name is enough.
	static List<String> metrics(List<Metric> metrics, String name) {
		List<String> named = metrics.stream()
			.filter((metric) -> metric.name().equals(name))
			.map(Metric::toString)
			.sorted()
			.toList();
		return named.isEmpty() ? metrics.stream().map(Metric::name).distinct().sorted().toList() : named;
	}

	private static String attributes(Attributes attributes) {
		return attributes.asMap()
			.entrySet()
			.stream()
			.map((entry) -> entry.getKey().getKey() + "=" + oneLine(entry.getValue().toString()))
			.collect(Collectors.joining(", ", "{", "}"));
	}

	// A stack trace has a hundred lines.
	private static String oneLine(String text) {
		return StringUtils.truncate(text.lines().findFirst().orElse(""), MAX_VALUE);
	}

}
