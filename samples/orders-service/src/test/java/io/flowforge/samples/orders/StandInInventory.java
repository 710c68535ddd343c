package io.flowforge.samples.orders;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Gives every answer that an inventory gives, good and bad, over real HTTP.
 */
class StandInInventory implements AutoCloseable {

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final CountDownLatch closed = new CountDownLatch(1);

	private final HttpServer server;

	StandInInventory() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(this.threads);
		this.server.createContext("/stock/A-100", (exchange) -> answer(exchange, 200, "{\"available\":5}"));
		this.server.createContext("/stock/UNKNOWN", (exchange) -> answer(exchange, 404, "{}"));
		this.server.createContext("/stock/FAILS", (exchange) -> answer(exchange, 500, "{}"));
		this.server.createContext("/stock/GARBAGE", (exchange) -> answer(exchange, 200, "<html>"));
		this.server.createContext("/stock/EMPTY", (exchange) -> answer(exchange, 200, "{}"));
		this.server.createContext("/stock/HANGS", this::hang);
		this.server.start();
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	@Override
	public void close() {
		this.closed.countDown();
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	private void hang(HttpExchange exchange) {
		try {
			this.closed.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		exchange.close();
	}

	private static void answer(HttpExchange exchange, int status, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(status, bytes.length);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

}
