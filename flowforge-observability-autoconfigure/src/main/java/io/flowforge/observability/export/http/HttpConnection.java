package io.flowforge.observability.export.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * An open connection to a receiver, for one request at a time.
 */
final class HttpConnection implements Closeable {

	// The requests of a service with little traffic leave in one piece.
	private static final int BUFFER = 8192;

	private final Socket tcp;

	private final String requestLine;

	private final String hostHeader;

	private final BufferedInputStream in;

	private final OutputStream out;

	private boolean answering;

	/**
	 * Create an instance.
	 * @param tcp the connection without TLS
	 * @param socket the connection with TLS, or the same
	 * @param target what is asked for: a path, or for a proxy a whole URL
	 * @param host the host, and the port if the endpoint has one
	 * @throws IOException if the connection is closed
	 */
	HttpConnection(Socket tcp, Socket socket, String target, String host) throws IOException {
		this.tcp = tcp;
		this.requestLine = "POST " + target + " HTTP/1.1\r\n";
		this.hostHeader = "Host: " + host + "\r\n";
		this.in = new BufferedInputStream(socket.getInputStream());
		this.out = new BufferedOutputStream(new YieldingOutputStream(socket.getOutputStream()), BUFFER);
	}

	/**
	 * Send a request and wait for the answer.
	 * @param request the request
	 * @param longestBody how many bytes of the answer's body are of use
	 * @return the answer
	 * @throws IOException if there is none
	 */
	Answer send(HttpRequest request, long longestBody) throws IOException {
		this.answering = false;
		// A receiver may announce that it is about to close an idle connection.
		if (this.in.available() > 0) {
			throw new ProtocolException("The server sent data before the request");
		}
		try {
			String head = this.requestLine + (request.hasHost() ? "" : this.hostHeader) + request.headers() + "\r\n";
			this.out.write(head.getBytes(StandardCharsets.UTF_8));
			request.body().writeMessage(this.out);
			this.out.flush();
		}
		catch (IOException ex) {
			return readEarlyAnswer(ex, longestBody);
		}
		return readAnswer(longestBody);
	}

	// A receiver may refuse a request, such as one that is too large, and close the
	// connection before it has read all of it.
	private Answer readEarlyAnswer(IOException failure, long longestBody) throws IOException {
		try {
			Answer answer = readAnswer(longestBody);
			answer.endConnection();
			return answer;
		}
		catch (IOException ex) {
			throw failure;
		}
	}

	private Answer readAnswer(long longestBody) throws IOException {
		this.in.mark(1);
		this.answering = this.in.read() >= 0;
		this.in.reset();
		return Answer.read(this.in, longestBody);
	}

	/**
	 * Return whether the receiver has begun to answer the last request. If not, it may
	 * have closed the connection before there was one.
	 * @return whether there was an answer, or the beginning of one
	 */
	boolean isAnswering() {
		return this.answering;
	}

	// To close a TLS connection properly would wait for the thread that writes to it.
	@Override
	public void close() {
		try {
			this.tcp.close();
		}
		catch (IOException ex) {
			// It is not used any more.
		}
	}

	/**
	 * Lets other threads go first after each write. To encode a batch takes milliseconds,
	 * and a service with one core would answer no request meanwhile.
	 */
	private static final class YieldingOutputStream extends FilterOutputStream {

		YieldingOutputStream(OutputStream out) {
			super(out);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			this.out.write(bytes, offset, length);
			Thread.yield();
		}

	}

}
