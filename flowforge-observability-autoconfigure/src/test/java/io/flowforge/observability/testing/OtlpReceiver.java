package io.flowforge.observability.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;

/**
 * An OTLP/HTTP receiver that decodes what it is sent.
 */
public final class OtlpReceiver implements AutoCloseable {

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<Span> spans = new CopyOnWriteArrayList<>();

	private final List<ResourceSpans> resourceSpans = new CopyOnWriteArrayList<>();

	private final List<LogRecord> logRecords = new CopyOnWriteArrayList<>();

	private final List<Resource> resources = new CopyOnWriteArrayList<>();

	private final AtomicInteger requests = new AtomicInteger();

	private OtlpReceiver(int port) {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/v1/traces", (exchange) -> receive(exchange, (body) -> {
			ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().forEach((resourceSpans) -> {
				this.resources.add(resourceSpans.getResource());
				this.resourceSpans.add(resourceSpans);
				resourceSpans.getScopeSpansList().forEach((scope) -> this.spans.addAll(scope.getSpansList()));
			});
		}));
		this.server.createContext("/v1/logs", (exchange) -> receive(exchange, (body) -> {
			ExportLogsServiceRequest.parseFrom(body).getResourceLogsList().forEach((resourceLogs) -> {
				this.resources.add(resourceLogs.getResource());
				resourceLogs.getScopeLogsList().forEach((scope) -> this.logRecords.addAll(scope.getLogRecordsList()));
			});
		}));
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	/**
	 * Start a receiver on a free port.
	 * @return the receiver
	 */
	public static OtlpReceiver start() {
		return new OtlpReceiver(0);
	}

	/**
	 * Start a receiver on a certain port.
	 * @param port the port
	 * @return the receiver
	 */
	public static OtlpReceiver start(int port) {
		return new OtlpReceiver(port);
	}

	/**
	 * The port it listens on.
	 * @return the port
	 */
	public int port() {
		return this.server.getAddress().getPort();
	}

	/**
	 * What a service sets to export to it.
	 * @return the endpoint
	 */
	public String endpoint() {
		return "http://127.0.0.1:" + port();
	}

	/**
	 * The spans received so far.
	 * @return the spans
	 */
	public List<Span> spans() {
		return this.spans;
	}

	/**
	 * The same spans with their resources and scopes, as they were sent.
	 * @return the spans by resource
	 */
	public List<ResourceSpans> resourceSpans() {
		return this.resourceSpans;
	}

	/**
	 * The log records received so far.
	 * @return the log records
	 */
	public List<LogRecord> logRecords() {
		return this.logRecords;
	}

	/**
	 * The resources of every request received so far.
	 * @return the resources
	 */
	public List<Resource> resources() {
		return this.resources;
	}

	/**
	 * How many requests were received so far.
	 * @return the number of requests
	 */
	public int requests() {
		return this.requests.get();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	private void receive(HttpExchange exchange, Decoder decoder) throws IOException {
		this.requests.incrementAndGet();
		try (exchange) {
			InputStream body = exchange.getRequestBody();
			boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
			decoder.decode(zipped ? new GZIPInputStream(body) : body);
			exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
			exchange.sendResponseHeaders(200, -1);
		}
	}

	@FunctionalInterface
	private interface Decoder {

		void decode(InputStream body) throws IOException;

	}

}
