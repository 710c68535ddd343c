package io.flowforge.observability.export.otlp;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Reads the answer of an OTLP receiver, which the SDK does not: in protobuf, the same for
 * spans and log records. <pre>
 * message Export…ServiceResponse { Export…PartialSuccess partial_success = 1; }
 * message Export…PartialSuccess  { int64 rejected_… = 1; string error_message = 2; }
 * </pre>
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#partial-success">OTLP, Partial
 * Success</a>
 */
final class PartialSuccess {

	private static final int VARINT = 0;

	private static final int FIXED_64 = 1;

	private static final int LENGTH_DELIMITED = 2;

	private static final int FIXED_32 = 5;

	private long rejected;

	private String message = "the receiver gave no reason";

	private PartialSuccess() {
	}

	/**
	 * Look for rejected items.
	 * @param answer the body of an answer that is a success
	 * @return what was rejected, {@code null} if nothing was, or if it is not such an
	 * answer
	 */
	static @Nullable RejectedItemsException rejectedItems(byte[] answer) {
		PartialSuccess partialSuccess = new PartialSuccess();
		try {
			partialSuccess.readAnswer(ByteBuffer.wrap(answer));
		}
		catch (BufferUnderflowException | IllegalArgumentException ex) {
			return null;
		}
		return (partialSuccess.rejected > 0)
				? new RejectedItemsException(partialSuccess.rejected, partialSuccess.message) : null;
	}

	private void readAnswer(ByteBuffer buffer) {
		while (buffer.hasRemaining()) {
			long tag = varint(buffer);
			if (tag == tag(1, LENGTH_DELIMITED)) {
				readPartialSuccess(bytes(buffer));
			}
			else {
				skip(buffer, tag);
			}
		}
	}

	private void readPartialSuccess(ByteBuffer buffer) {
		while (buffer.hasRemaining()) {
			long tag = varint(buffer);
			if (tag == tag(1, VARINT)) {
				this.rejected = varint(buffer);
			}
			else if (tag == tag(2, LENGTH_DELIMITED)) {
				this.message = StandardCharsets.UTF_8.decode(bytes(buffer)).toString();
			}
			else {
				skip(buffer, tag);
			}
		}
	}

	private static long tag(int field, int type) {
		return ((long) field << 3) | type;
	}

	private static void skip(ByteBuffer buffer, long tag) {
		switch ((int) tag & 7) {
			case VARINT -> varint(buffer);
			case FIXED_64 -> buffer.getLong();
			case LENGTH_DELIMITED -> bytes(buffer);
			case FIXED_32 -> buffer.getInt();
			default -> throw new IllegalArgumentException("Not protobuf");
		}
	}

	private static ByteBuffer bytes(ByteBuffer buffer) {
		long length = varint(buffer);
		if (length < 0 || length > buffer.remaining()) {
			throw new BufferUnderflowException();
		}
		ByteBuffer bytes = buffer.slice().limit((int) length);
		buffer.position(buffer.position() + (int) length);
		return bytes;
	}

	private static long varint(ByteBuffer buffer) {
		long value = 0;
		for (int shift = 0; shift < Long.SIZE; shift += 7) {
			byte next = buffer.get();
			value |= (next & 0x7FL) << shift;
			if (next >= 0) {
				return value;
			}
		}
		throw new IllegalArgumentException("Not protobuf");
	}

}
