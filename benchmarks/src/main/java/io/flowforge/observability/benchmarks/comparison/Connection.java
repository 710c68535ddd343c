package io.flowforge.observability.benchmarks.comparison;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A connection of the {@link LoadGenerator} that is kept open, with one request at a
 * time. It knows as much of HTTP as it needs for Tomcat's responses to this one request.
 */
final class Connection implements AutoCloseable {

	private static final String LENGTH = "\r\nContent-Length: ";

	private final ByteBuffer response = ByteBuffer.allocate(16 * 1024);

	private final SocketChannel channel;

	private long due;

	Connection(int port, Selector selector) throws IOException {
		this.channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		this.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
		this.channel.configureBlocking(false);
		this.channel.register(selector, SelectionKey.OP_READ, this);
	}

	/**
	 * Send a request.
	 * @param number the number of the order
	 * @param due when it was due
	 * @throws IOException if it cannot be sent
	 */
	void send(int number, long due) throws IOException {
		this.due = due;
		ByteBuffer request = ByteBuffer
			.wrap("GET /orders/%s HTTP/1.1\r\nHost: localhost\r\n\r\n".replace("%s", String.valueOf(number))
				.getBytes(StandardCharsets.ISO_8859_1));
		while (request.hasRemaining()) {
			this.channel.write(request);
		}
	}

	/**
	 * Read what has come.
	 * @return whether the response is complete
	 * @throws IOException if its status is not 200
	 */
	boolean receive() throws IOException {
		if (this.channel.read(this.response) < 0) {
			throw new IOException("The application has closed a connection");
		}
		String text = new String(this.response.array(), 0, this.response.position(), StandardCharsets.ISO_8859_1);
		int head = text.indexOf("\r\n\r\n");
		if (head < 0) {
			return false;
		}
		int length = text.indexOf(LENGTH);
		if (!text.startsWith("HTTP/1.1 200 ") || length < 0 || length > head) {
			throw new IOException("Not the expected response: " + text);
		}
		length += LENGTH.length();
		int body = Integer.parseInt(text, length, text.indexOf("\r\n", length), 10);
		if (this.response.position() < head + 4 + body) {
			return false;
		}
		this.response.clear();
		return true;
	}

	long due() {
		return this.due;
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
