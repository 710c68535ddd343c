package io.flowforge.observability.testing;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

import org.jspecify.annotations.Nullable;

/**
 * A receiver, or a proxy, that answers what a test says, to the byte.
 */
public final class ScriptedReceiver implements AutoCloseable {

	/**
	 * An answer that accepts everything.
	 */
	public static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	private final List<Socket> connections = new CopyOnWriteArrayList<>();

	private final ServerSocket server;

	private final Script script;

	private ScriptedReceiver(ServerSocket server, Script script) throws IOException {
		this.server = server;
		this.script = script;
		// Small, so that a sender soon notices that nobody reads.
		server.setReceiveBufferSize(16384);
		server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		this.threads.execute(this::accept);
	}

	/**
	 * Start a receiver on a free port.
	 * @param script what it answers
	 * @return the receiver
	 */
	public static ScriptedReceiver start(Script script) {
		try {
			return new ScriptedReceiver(new ServerSocket(), script);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Start a receiver on a free port that speaks TLS, and only to those who have a
	 * certificate that it trusts.
	 * @param tls its certificate, and whom it trusts
	 * @param script what it answers
	 * @return the receiver
	 */
	public static ScriptedReceiver start(SSLContext tls, Script script) {
		try {
			SSLServerSocket server = (SSLServerSocket) tls.getServerSocketFactory().createServerSocket();
			server.setNeedClientAuth(true);
			return new ScriptedReceiver(server, script);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The port it listens on.
	 * @return the port
	 */
	public int port() {
		return this.server.getLocalPort();
	}

	/**
	 * The requests so far.
	 * @return the requests
	 */
	public List<Request> requests() {
		return this.requests;
	}

	/**
	 * The connections so far, those that have ended included.
	 * @return their number
	 */
	public int connections() {
		return this.connections.size();
	}

	private void accept() {
		try {
			while (true) {
				Socket connection = this.server.accept();
				this.connections.add(connection);
				this.threads.execute(() -> serve(connection));
			}
		}
		catch (IOException ex) {
			// The test is over.
		}
	}

	private void serve(Socket connection) {
		try (connection) {
			InputStream in = new BufferedInputStream(connection.getInputStream());
			while (true) {
				Request head = new Request(readHead(in), new byte[0], connection, Instant.now());
				String length = head.header("Content-Length");
				Request request = (this.script.readsBody() && length != null)
						? new Request(head.head, in.readNBytes(Integer.parseInt(length)), connection, head.time) : head;
				this.requests.add(request);
				this.script.answer(request, connection.getOutputStream());
			}
		}
		catch (IOException ex) {
			// The sender has gone.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static String readHead(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			int character = in.read();
			if (character < 0) {
				throw new EOFException();
			}
			head.append((char) character);
		}
		return head.toString();
	}

	@Override
	public void close() {
		try {
			this.server.close();
			for (Socket connection : this.connections) {
				connection.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.threads.shutdownNow();
	}

	/**
	 * What a receiver answers.
	 */
	@FunctionalInterface
	public interface Script {

		/**
		 * Answer a request. The connection is closed if this throws something.
		 * @param request the request
		 * @param out takes the answer
		 * @throws IOException if the sender has gone
		 * @throws InterruptedException if the test is over
		 */
		void answer(Request request, OutputStream out) throws IOException, InterruptedException;

		/**
		 * Whether the body of a request is read.
		 * @return whether it is
		 */
		default boolean readsBody() {
			return true;
		}

		/**
		 * Return a script that gives each request the same answer.
		 * @param answer the answer
		 * @return the script
		 */
		static Script of(String answer) {
			return (request, out) -> out.write(answer.getBytes(StandardCharsets.UTF_8));
		}

	}

	/**
	 * A request.
	 *
	 * @param head its first line and its headers
	 * @param body its body, empty if it has none
	 * @param connection the connection it came over
	 * @param time when it came
	 */
	public record Request(String head, byte[] body, Socket connection, Instant time) {

		/**
		 * The first line.
		 * @return the line without its end
		 */
		public String line() {
			return this.head.lines().findFirst().orElseThrow();
		}

		/**
		 * The value of a header.
		 * @param name the name of the header
		 * @return its value, {@code null} if the request has no such header
		 */
		public @Nullable String header(String name) {
			String start = name.toLowerCase(Locale.ROOT) + ":";
			return this.head.lines()
				.filter((line) -> line.toLowerCase(Locale.ROOT).startsWith(start))
				.map((line) -> line.substring(start.length()).strip())
				.findFirst()
				.orElse(null);
		}

	}

}
