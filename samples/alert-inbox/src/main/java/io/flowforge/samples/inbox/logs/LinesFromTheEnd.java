package io.flowforge.samples.inbox.logs;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * The lines of a file, the last one first. A line that is too long is left out.
 */
final class LinesFromTheEnd implements Closeable {

	private static final int BLOCK_SIZE = 64 * 1024;

	private final int maxLength;

	private final SeekableByteChannel channel;

	/** How much of the file is in front of the block. */
	private long position;

	private byte[] block = {};

	/** How much of the block has not been handed out. */
	private int end;

	LinesFromTheEnd(Path file, int maxLength) throws IOException {
		this.maxLength = maxLength;
		this.channel = Files.newByteChannel(file);
		this.position = this.channel.size();
	}

	/**
	 * Read the next line.
	 * @return the line; empty if it is too long, and {@code null} at the beginning of the
	 * file
	 * @throws IOException if the file cannot be read
	 */
	@Nullable String next() throws IOException {
		if (this.end == 0 && this.position == 0) {
			return null;
		}
		Deque<byte[]> parts = new ArrayDeque<>();
		long length = 0;
		while (this.end > 0 || readBlock()) {
			int start = this.end;
			while (start > 0 && this.block[start - 1] != '\n') {
				start--;
			}
			length += this.end - start;
			if (length <= this.maxLength) {
				parts.addFirst(Arrays.copyOfRange(this.block, start, this.end));
			}
			this.end = Math.max(0, start - 1);
			if (start > 0) {
				break;
			}
		}
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		if (length <= this.maxLength) {
			parts.forEach(line::writeBytes);
		}
		return line.toString(StandardCharsets.UTF_8);
	}

	private boolean readBlock() throws IOException {
		int size = (int) Math.min(BLOCK_SIZE, this.position);
		this.position -= size;
		ByteBuffer buffer = ByteBuffer.allocate(size);
		this.channel.position(this.position);
		while (buffer.hasRemaining() && this.channel.read(buffer) >= 0) {
			// Until it is full.
		}
		this.block = buffer.array();
		this.end = size;
		return size > 0;
	}

	/**
	 * How much of the file has not been read.
	 * @return a number of bytes
	 */
	long remaining() {
		return this.position + this.end;
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
