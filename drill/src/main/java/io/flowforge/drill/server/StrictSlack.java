package io.flowforge.drill.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/**
 * An incoming webhook with Slack's limit, one message a second in a channel, and with
 * channels that it refuses. What it takes goes on to the inbox.
 *
 * @see <a href="https://docs.slack.dev/apis/web-api/rate-limits">Rate limits</a>
 */
public final class StrictSlack implements AutoCloseable {

	private static final int THREADS = 8;

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final Answer REFUSED = new Answer(404, "channel_not_found");

	private static final Answer TOO_SOON = new Answer(429, "rate_limited");

	private final HttpServer server;

	private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

	private final HttpClient client = HttpClient.newHttpClient();

	private final URI inbox;

	private final Duration pause;

	private final Map<String, Long> lastTaken = new HashMap<>();

	private final Set<String> refused = ConcurrentHashMap.newKeySet();

	/**
	 * Start it.
	 * @param inbox where messages go
	 * @param bindAddress the address at which it listens
	 * @param pause how long a channel must be quiet after each message
	 */
	public StrictSlack(AlertInbox inbox, String bindAddress, Duration pause) {
		this.inbox = inbox.address().resolve("/slack/webhook");
		this.pause = pause;
		try {
			this.server = HttpServer.create(new InetSocketAddress(bindAddress, 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", this::answer);
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	public int port() {
		return this.server.getAddress().getPort();
	}

	/**
	 * Refuse what is for a channel, as Slack does when the channel is archived.
	 * @param channel the channel
	 */
	public void refuse(String channel) {
		this.refused.add(channel);
	}

	public void refuseNothing() {
		this.refused.clear();
	}

	private void answer(HttpExchange exchange) throws IOException {
		byte[] message = exchange.getRequestBody().readAllBytes();
		String channel = JsonMapper.shared().readTree(message).path("channel").asString("");
		Answer answer = this.refused.contains(channel) ? REFUSED : isTooSoon(channel) ? TOO_SOON : deliver(message);
		if (answer == TOO_SOON) {
			exchange.getResponseHeaders().set("Retry-After", "1");
		}
		byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(answer.status(), (body.length > 0) ? body.length : -1);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	private boolean isTooSoon(String channel) {
		synchronized (this.lastTaken) {
			long now = System.nanoTime();
			Long last = this.lastTaken.get(channel);
			if (last != null && now - last < this.pause.toNanos()) {
				return true;
			}
			this.lastTaken.put(channel, now);
			return false;
		}
	}

	private Answer deliver(byte[] message) throws IOException {
		HttpRequest request = HttpRequest.newBuilder(this.inbox)
			.header("Content-Type", "application/json")
			.timeout(TIMEOUT)
			.POST(BodyPublishers.ofByteArray(message))
			.build();
		try {
			var response = this.client.send(request, BodyHandlers.ofString());
			return new Answer(response.statusCode(), response.body());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	private record Answer(int status, String body) {

	}

}
