package io.flowforge.samples.inbox.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * The metrics of services whose health a test decides. A service is what a path is named.
 */
final class MonitoredServices implements AutoCloseable {

	private final HttpServer server;

	private final Map<String, String> broken = new ConcurrentHashMap<>();

	MonitoredServices() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	/**
	 * Break a service.
	 * @param service its name
	 * @param how metrics that are 1, with spaces between them; or 401
	 */
	void breakIt(String service, String how) {
		this.broken.put(service, how);
	}

	/**
	 * Heal a service.
	 * @param service its name
	 */
	void heal(String service) {
		this.broken.remove(service);
	}

	/**
	 * Heal all services.
	 * @return whether one was broken
	 */
	boolean healAll() {
		boolean any = !this.broken.isEmpty();
		this.broken.clear();
		return any;
	}

	private void answer(HttpExchange exchange) {
		String how = this.broken.getOrDefault(exchange.getRequestURI().getPath().split("/")[1], "");
		StringBuilder metrics = new StringBuilder("alive 1\n");
		for (String metric : how.split(" ")) {
			metrics.append(metric.isEmpty() ? "" : metric + " 1\n");
		}
		byte[] body = metrics.toString().getBytes(StandardCharsets.UTF_8);
		try (exchange) {
			exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
			exchange.sendResponseHeaders(how.equals("401") ? 401 : 200, body.length);
			exchange.getResponseBody().write(body);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
