package io.flowforge.observability.benchmarks.comparison;

import java.io.IOException;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;

/**
 * Counts the items of an OTLP request without decoding them, so that the receiver costs
 * little. Spans and log records are in the same place: {@code resource_spans} or
 * {@code resource_logs} is field 1 of the request, {@code scope_spans} or
 * {@code scope_logs} field 2 of these, and {@code spans} or {@code log_records} field 2
 * of those.
 */
final class OtlpItems {

	private static final int[] FIELDS = { 1, 2, 2 };

	private OtlpItems() {
	}

	/**
	 * Count the spans or the log records of a request.
	 * @param request an {@code ExportTraceServiceRequest} or an
	 * {@code ExportLogsServiceRequest}
	 * @return how many there are
	 * @throws IOException if it is neither
	 */
	static int count(byte[] request) throws IOException {
		return count(CodedInputStream.newInstance(request), 0);
	}

	private static int count(CodedInputStream message, int depth) throws IOException {
		int items = 0;
		for (int tag = message.readTag(); tag != 0; tag = message.readTag()) {
			boolean matches = WireFormat.getTagFieldNumber(tag) == FIELDS[depth];
			if (matches && depth < FIELDS.length - 1) {
				int limit = message.pushLimit(message.readRawVarint32());
				items += count(message, depth + 1);
				message.popLimit(limit);
			}
			else {
				items += matches ? 1 : 0;
				message.skipField(tag);
			}
		}
		return items;
	}

}
