package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An incoming webhook of Slack's with its limit, one message a second in a channel, and
 * with channels that it refuses.
 *
 * @see <a href="https://docs.slack.dev/apis/web-api/rate-limits">Rate limits</a>
 */
final class SlackWithLimits implements AutoCloseable {

	private final HttpServer server;

	private final ExecutorService threads = Executors.newFixedThreadPool(8);

	private final Duration pause;

	private final Map<String, Long> lastTaken = new HashMap<>();

	private final Set<String> refused = ConcurrentHashMap.newKeySet();

	private final List<Post> posts = new CopyOnWriteArrayList<>();

	/**
	 * Start it.
	 * @param pause how long a channel must be quiet after each message
	 */
	SlackWithLimits(Duration pause) {
		this.pause = pause;
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", this::answer);
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	URI address() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + "/slack");
	}

	void refuse(String channel) {
		this.refused.add(channel);
	}

	/**
	 * All posts in a channel, taken or not.
	 * @param channel the channel
	 * @return the posts in the order in which they came
	 */
	List<Post> posts(String channel) {
		return this.posts.stream().filter((post) -> post.channel().equals(channel)).toList();
	}

	/**
	 * The texts of the messages that people see in a channel.
	 * @param channel the channel
	 * @return the texts
	 */
	List<String> delivered(String channel) {
		return posts(channel).stream().filter((post) -> post.status() == 200).map(Post::text).toList();
	}

	private void answer(HttpExchange exchange) throws IOException {
		JsonNode message = JsonMapper.shared().readTree(exchange.getRequestBody());
		String channel = message.path("channel").asString("");
		int status = status(channel);
		JsonNode attachment = message.at("/attachments/0");
		this.posts.add(new Post(channel, status,
				attachment.path("title").asString("") + "\n" + attachment.path("text").asString("")));
		byte[] body = Map.of(200, "ok", 404, "channel_not_found", 429, "rate_limited")
			.get(status)
			.getBytes(StandardCharsets.US_ASCII);
		if (status == 429) {
			exchange.getResponseHeaders().set("Retry-After", "1");
		}
		exchange.sendResponseHeaders(status, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	private int status(String channel) {
		if (this.refused.contains(channel)) {
			return 404;
		}
		synchronized (this.lastTaken) {
			long now = System.nanoTime();
			Long last = this.lastTaken.get(channel);
			if (last != null && now - last < this.pause.toNanos()) {
				return 429;
			}
			this.lastTaken.put(channel, now);
			return 200;
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	/**
	 * A message that was sent to Slack.
	 *
	 * @param channel the channel that it is for
	 * @param status the status of the answer: 200 if Slack took it
	 * @param text its title and its text
	 */
	record Post(String channel, int status, String text) {

	}

}
