package io.flowforge.observability.systemtests;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Samples, inbox, Prometheus and Alertmanager, wired together.
 */
final class RunningStack implements AutoCloseable {

	private final Deque<AutoCloseable> parts = new ArrayDeque<>();

	private final Sample orders;

	private final Inbox inbox;

	private final URI inboxAddress;

	private final URI prometheus;

	/**
	 * Start everything.
	 * @param folder where to keep what the parts need
	 */
	RunningStack(Path folder) {
		try {
			Backends backends = started(Backends.choose());
			System.out.println("Prometheus and Alertmanager run as " + backends.kind());
			int smtpPort = Server.freePort();
			Sample alertInbox = started(
					new Sample("alert-inbox", folder, backends.bindAddress(), "--inbox.smtp.port=" + smtpPort));
			String often = "--flowforge.observability.health.interval=500ms";
			Sample inventory = started(new Sample("inventory-service", folder, backends.bindAddress(), often));
			this.orders = started(new Sample("orders-service", folder, backends.bindAddress(), often,
					"--orders.inventory-url=" + inventory.address(), "--flowforge.observability.alerts.error-ratio=10%",
					"--flowforge.observability.alerts.latency-p99=1500ms"));
			this.inboxAddress = alertInbox.address();
			this.inbox = new Inbox(this.inboxAddress);
			AssembledConfiguration configuration = new AssembledConfiguration(folder);
			String machine = backends.thisMachine();
			URI alertmanager = backends.startAlertmanager(configuration
				.alertmanager("http://%s:%d".formatted(machine, alertInbox.port()), machine + ":" + smtpPort));
			this.prometheus = backends.startPrometheus(configuration
				.prometheus(Map.of("localhost:8080", machine + ":" + this.orders.port(), "localhost:8081",
						machine + ":" + inventory.port(), "localhost:9093", machine + ":" + alertmanager.getPort())));
		}
		catch (RuntimeException | AssertionError ex) {
			close();
			throw ex;
		}
	}

	private <T extends AutoCloseable> T started(T part) {
		this.parts.push(part);
		return part;
	}

	Sample orders() {
		return this.orders;
	}

	Inbox inbox() {
		return this.inbox;
	}

	/**
	 * The page that a person would look at.
	 * @return its HTML
	 */
	String inboxPage() {
		return Http.get(this.inboxAddress.resolve("/"));
	}

	/**
	 * Ask Prometheus.
	 * @param expression PromQL
	 * @return the result's elements
	 */
	Stream<JsonNode> query(String expression) {
		String json = Http.get(this.prometheus
			.resolve("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8)));
		return JsonMapper.shared().readTree(json).path("data").path("result").valueStream();
	}

	@Override
	public void close() {
		for (AutoCloseable part : this.parts) {
			try {
				part.close();
			}
			catch (Exception ex) {
				System.err.println("%s could not be ended: %s".formatted(part, ex));
			}
		}
	}

}
