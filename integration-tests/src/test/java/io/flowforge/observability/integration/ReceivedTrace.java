package io.flowforge.observability.integration;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

import com.google.protobuf.ByteString;
import io.flowforge.observability.testing.OtlpReceiver;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;

import static org.awaitility.Awaitility.await;

/**
 * What a receiver is sent of one trace.
 */
final class ReceivedTrace {

	private final ByteString id;

	private final OtlpReceiver receiver;

	ReceivedTrace(ByteString id, OtlpReceiver receiver) {
		this.id = id;
		this.receiver = receiver;
	}

	static ReceivedTrace of(HttpResponse<?> response, OtlpReceiver receiver) {
		String id = response.headers().firstValue("X-Trace-Id").orElseThrow();
		return new ReceivedTrace(ByteString.copyFrom(HexFormat.of().parseHex(id)), receiver);
	}

	Span awaitSpan(Span.SpanKind kind) {
		return awaitSpan(kind, "");
	}

	Span awaitSpan(Span.SpanKind kind, String endOfName) {
		return awaitFirst(kind + " " + endOfName,
				() -> this.receiver.spans()
					.stream()
					.filter((span) -> span.getTraceId().equals(this.id))
					.filter((span) -> span.getKind() == kind && span.getName().endsWith(endOfName))
					.findFirst());
	}

	LogRecord awaitLine(String body) {
		return awaitFirst(body,
				() -> this.receiver.logRecords()
					.stream()
					.filter((line) -> line.getTraceId().equals(this.id))
					.filter((line) -> line.getBody().getStringValue().equals(body))
					.findFirst());
	}

	static String hex(ByteString id) {
		return HexFormat.of().formatHex(id.toByteArray());
	}

	private <T> T awaitFirst(String what, Supplier<Optional<T>> first) {
		return await("%s in trace %s".formatted(what, hex(this.id))).atMost(Duration.ofSeconds(30))
			.until(first::get, Optional::isPresent)
			.orElseThrow();
	}

}
