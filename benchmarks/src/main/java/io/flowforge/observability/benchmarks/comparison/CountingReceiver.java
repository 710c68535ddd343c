package io.flowforge.observability.benchmarks.comparison;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * An OTLP/HTTP receiver that accepts everything and counts it.
 */
public final class CountingReceiver implements AutoCloseable {

	private final ExecutorService threads = Executors.newFixedThreadPool(4);

	private final HttpServer server;

	private ReceivedItems items = new ReceivedItems(0, 0, 0, 0);

	private CountingReceiver() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/v1/traces", (exchange) -> receive(exchange, true));
		this.server.createContext("/v1/logs", (exchange) -> receive(exchange, false));
		this.server.createContext("/v1/metrics", CountingReceiver::ignore);
		this.server.createContext("/counts", this::report);
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	static CountingReceiver start() throws IOException {
		return new CountingReceiver();
	}

	/**
	 * Run a receiver in a JVM of its own, until it is ended. It prints its port.
	 * @param arguments none
	 * @throws IOException if there is no free port
	 */
	public static void main(String[] arguments) throws IOException {
		System.out.println(CountingReceiver.start().port());
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	synchronized ReceivedItems items() {
		return this.items;
	}

	private synchronized void add(long spans, long spanBytes, long logRecords, long logBytes) {
		this.items = new ReceivedItems(this.items.spans() + spans, this.items.spanBytes() + spanBytes,
				this.items.logRecords() + logRecords, this.items.logBytes() + logBytes);
	}

	private void receive(HttpExchange exchange, boolean traces) throws IOException {
		try (exchange) {
			byte[] body = exchange.getRequestBody().readAllBytes();
			int count = OtlpItems.count(plain(exchange, body));
			if (traces) {
				add(count, body.length, 0, 0);
			}
			else {
				add(0, 0, count, body.length);
			}
			accept(exchange);
		}
	}

	private static byte[] plain(HttpExchange exchange, byte[] body) throws IOException {
		boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
		return zipped ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body;
	}

	private static void ignore(HttpExchange exchange) throws IOException {
		try (exchange) {
			exchange.getRequestBody().readAllBytes();
			accept(exchange);
		}
	}

	private static void accept(HttpExchange exchange) throws IOException {
		exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
		exchange.sendResponseHeaders(200, -1);
	}

	private void report(HttpExchange exchange) throws IOException {
		try (exchange) {
			byte[] body = items().format().getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
