package io.flowforge.observability.export.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.MessageWriter;

/**
 * A message that is compressed once, however often it is sent.
 */
final class CompressedMessage implements MessageWriter {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(8192);

	CompressedMessage(MessageWriter message, Compressor compressor) throws IOException {
		try (OutputStream out = compressor.compress(this.bytes)) {
			message.writeMessage(out);
		}
	}

	@Override
	public void writeMessage(OutputStream out) throws IOException {
		this.bytes.writeTo(out);
	}

	@Override
	public int getContentLength() {
		return this.bytes.size();
	}

}
