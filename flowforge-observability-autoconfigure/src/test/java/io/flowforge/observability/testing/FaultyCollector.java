package io.flowforge.observability.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import org.jspecify.annotations.Nullable;

/**
 * An OTLP/HTTP receiver that breaks and heals on demand, and counts to the item what it
 * has accepted. It keeps ids only: a long outage leaves the heap alone.
 */
public final class FaultyCollector implements AutoCloseable {

	// One for each signal, and one for answers that are late.
	private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(3);

	private final Duration slowness;

	private final Received spans = new Received();

	private final Received logRecords = new Received();

	private final List<HttpExchange> unanswered = new ArrayList<>();

	private final int port;

	private @Nullable HttpServer server;

	private Fault fault = Fault.NONE;

	private FaultyCollector(Duration slowness) {
		this.slowness = slowness;
		this.server = listen(0);
		this.port = this.server.getAddress().getPort();
	}

	/**
	 * Start a collector without a fault, on a free port.
	 * @param slowness how late it answers when it is slow
	 * @return the collector
	 */
	public static FaultyCollector start(Duration slowness) {
		return new FaultyCollector(slowness);
	}

	/**
	 * What a service sets to export to it.
	 * @return the endpoint
	 */
	public String endpoint() {
		return "http://127.0.0.1:" + this.port;
	}

	/**
	 * Break.
	 * @param fault how
	 */
	public synchronized void become(Fault fault) {
		this.fault = fault;
		if (fault == Fault.REFUSING && this.server != null) {
			this.server.stop(0);
			this.server = null;
		}
	}

	/**
	 * Answer again, as a collector that has been restarted: connections that hang are
	 * cut. What is slow is still answered when it is due.
	 */
	public synchronized void heal() {
		this.fault = Fault.NONE;
		this.spans.awaitFirst();
		this.logRecords.awaitFirst();
		this.unanswered.forEach(HttpExchange::close);
		this.unanswered.clear();
		if (this.server == null) {
			this.server = listen(this.port);
		}
	}

	/**
	 * The spans it has accepted.
	 * @return their number and more
	 */
	public Received spans() {
		return this.spans;
	}

	/**
	 * The log records it has accepted.
	 * @return their number and more
	 */
	public Received logRecords() {
		return this.logRecords;
	}

	@Override
	public synchronized void close() {
		if (this.server != null) {
			this.server.stop(0);
		}
		this.threads.shutdownNow();
	}

	private HttpServer listen(int port) {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
			server.createContext("/v1/traces", (exchange) -> receive(exchange, this.spans, FaultyCollector::spanIds));
			server.createContext("/v1/logs", (exchange) -> receive(exchange, this.logRecords, FaultyCollector::logIds));
			server.createContext("/login", (exchange) -> answer(exchange, 200));
			server.setExecutor(this.threads);
			server.start();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// No thread waits here: neither with a request that is never answered nor with a slow
	// one.
	private void receive(HttpExchange exchange, Received received, Decoder decoder) throws IOException {
		long begin = System.nanoTime();
		InputStream body = exchange.getRequestBody();
		boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
		List<Object> ids = decoder.decode(zipped ? new GZIPInputStream(body) : body);
		switch (hold(exchange)) {
			case NONE -> accept(exchange, received, ids, begin);
			case REFUSING -> exchange.close();
			case HANGING -> {
			}
			case TOO_MANY_REQUESTS -> answer(exchange, 429);
			case UNAVAILABLE -> answer(exchange, 503);
			case BAD_REQUEST -> answer(exchange, 400);
			case REDIRECT -> answer(exchange, 302);
			case SLOW -> this.threads.schedule(() -> accept(exchange, received, ids, begin), this.slowness.toMillis(),
					TimeUnit.MILLISECONDS);
		}
	}

	private synchronized Fault hold(HttpExchange exchange) {
		if (this.fault == Fault.HANGING) {
			this.unanswered.add(exchange);
		}
		return this.fault;
	}

	// Counted first: whoever knows that it was accepted finds it counted. Where the
	// answer
	// does not arrive, the service counts as failed what is counted here.
	private static void accept(HttpExchange exchange, Received received, List<Object> ids, long begin) {
		received.add(ids, begin);
		answer(exchange, 200);
	}

	private static void answer(HttpExchange exchange, int status) {
		try (exchange) {
			exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
			if (status == 429 || status == 503) {
				exchange.getResponseHeaders().add("Retry-After", "1");
			}
			if (status == 302) {
				exchange.getResponseHeaders().add("Location", "/login?next=export");
			}
			exchange.sendResponseHeaders(status, -1);
		}
		catch (IOException ex) {
			// The service has given up.
		}
	}

	private static List<Object> spanIds(InputStream body) throws IOException {
		List<Object> ids = new ArrayList<>();
		ExportTraceServiceRequest.parseFrom(body)
			.getResourceSpansList()
			.forEach((resource) -> resource.getScopeSpansList()
				.forEach((scope) -> scope.getSpansList().forEach((span) -> ids.add(span.getSpanId()))));
		return ids;
	}

	// A log record has no id: time, span and text tell those of a test apart.
	private static List<Object> logIds(InputStream body) throws IOException {
		List<Object> ids = new ArrayList<>();
		ExportLogsServiceRequest.parseFrom(body)
			.getResourceLogsList()
			.forEach((resource) -> resource.getScopeLogsList()
				.forEach((scope) -> scope.getLogRecordsList()
					.forEach((line) -> ids.add(List.of(line.getTimeUnixNano(), line.getSpanId(), line.getBody())))));
		return ids;
	}

	/**
	 * What is wrong with the collector.
	 */
	public enum Fault {

		/**
		 * Nothing.
		 */
		NONE,

		/**
		 * Nobody listens on its port.
		 */
		REFUSING,

		/**
		 * It reads requests and never answers.
		 */
		HANGING,

		/**
		 * Everything is answered with 429 and {@code Retry-After}.
		 */
		TOO_MANY_REQUESTS,

		/**
		 * Everything is answered with 503 and {@code Retry-After}.
		 */
		UNAVAILABLE,

		/**
		 * Everything is answered with 400.
		 */
		BAD_REQUEST,

		/**
		 * Everything is answered with a redirect to a login page, which is answered with
		 * 200.
		 */
		REDIRECT,

		/**
		 * Everything is accepted, late.
		 */
		SLOW

	}

	/**
	 * What was accepted of one signal.
	 */
	public static final class Received {

		private final Set<Object> ids = new HashSet<>();

		private long total;

		private long healed;

		private @Nullable Duration recovery;

		private Received() {
			awaitFirst();
		}

		/**
		 * All items, those that arrived twice twice.
		 * @return their number
		 */
		public synchronized long total() {
			return this.total;
		}

		/**
		 * The items that arrived at least once.
		 * @return their number
		 */
		public synchronized long distinct() {
			return this.ids.size();
		}

		/**
		 * How long after the last healing the first request came in that was accepted.
		 * @return the duration, empty before that request
		 */
		public synchronized Optional<Duration> recovery() {
			return Optional.ofNullable(this.recovery);
		}

		private synchronized void awaitFirst() {
			this.healed = System.nanoTime();
			this.recovery = null;
		}

		private synchronized void add(List<Object> ids, long begin) {
			this.total += ids.size();
			this.ids.addAll(ids);
			if (this.recovery == null && begin - this.healed >= 0) {
				this.recovery = Duration.ofNanos(System.nanoTime() - this.healed);
			}
		}

	}

	@FunctionalInterface
	private interface Decoder {

		List<Object> decode(InputStream body) throws IOException;

	}

}
