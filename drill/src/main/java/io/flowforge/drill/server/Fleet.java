package io.flowforge.drill.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.flowforge.drill.message.Subject;

/**
 * Fifty services that do nothing but say whose they are. One server plays them, each with
 * a path of its own.
 */
public final class Fleet implements AutoCloseable {

	/** Ten of each of five teams, the last of which has no address. */
	public static final List<Subject> SERVICES = IntStream.range(0, 50).mapToObj(Fleet::service).toList();

	private static final int THREADS = 4;

	private final HttpServer server;

	private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

	private final Set<String> down = ConcurrentHashMap.newKeySet();

	/**
	 * Start it.
	 * @param bindAddress the address at which it listens
	 */
	public Fleet(String bindAddress) {
		try {
			this.server = HttpServer.create(new InetSocketAddress(bindAddress, 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		SERVICES
			.forEach((service) -> this.server.createContext(path(service), (exchange) -> answer(service, exchange)));
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	private static Subject service(int index) {
		String team = "team-" + (index / 10 + 1);
		return new Subject("fleet-%02d".formatted(index + 1), team, "#%s-alerts".formatted(team),
				(index < 40) ? team + "@flowforge.example" : Subject.ON_CALL);
	}

	/**
	 * The services as targets of Prometheus.
	 * @param environment where they run
	 * @param host the name of this machine for Prometheus
	 * @return the target file
	 */
	public String targets(String environment, String host) {
		return SERVICES.stream()
			.map((service) -> """
					- targets: ["%1$s:%2$d"]
					  labels: {application: %3$s, environment: %4$s, instance: "%3$s:%2$d", __metrics_path__: %5$s}
					""".formatted(host, this.server.getAddress().getPort(), service.name(), environment, path(service)))
			.collect(Collectors.joining());
	}

	/**
	 * Take services down.
	 * @param services which
	 */
	public void stop(List<Subject> services) {
		services.stream().map(Subject::name).forEach(this.down::add);
	}

	/**
	 * Have all services up.
	 */
	public void restart() {
		this.down.clear();
	}

	private static String path(Subject service) {
		return "/" + service.name() + "/metrics";
	}

	private void answer(Subject service, HttpExchange exchange) throws IOException {
		byte[] metrics = """
				process_start_time_seconds 1700000000
				flowforge_service_info{team="%s",slack_channel="%s"} 1
				""".formatted(service.team(), service.channel()).getBytes(StandardCharsets.US_ASCII);
		exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
		exchange.sendResponseHeaders(this.down.contains(service.name()) ? 503 : 200, metrics.length);
		exchange.getResponseBody().write(metrics);
		exchange.close();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
