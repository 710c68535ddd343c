package io.flowforge.samples.inbox.browser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.core.io.ClassPathResource;

/**
 * The inbox with a Prometheus and an Alertmanager of its own.
 */
final class TestStack implements AutoCloseable {

	private static final Map<String, String> SERVICES = Map.of("orders-service", "production", "inventory-service",
			"production", "payments", "production", "billing", "production", "search", "production", "catalogue", "dev",
			"reports", "staging", "shipping", "production");

	private final Deque<AutoCloseable> parts = new ArrayDeque<>();

	private final MonitoredServices services;

	private final TestInbox inbox;

	private final Backend alertmanager;

	TestStack(Path folder) throws IOException, InterruptedException {
		try {
			this.services = started(new MonitoredServices());
			int prometheusPort = Backend.freePort();
			int alertmanagerPort = Backend.freePort();
			this.inbox = started(new TestInbox(InstantSource.system(), "http://127.0.0.1:" + prometheusPort,
					"http://127.0.0.1:" + alertmanagerPort));
			LocalDate today = LocalDate.now(ZoneOffset.UTC);
			Map<String, String> values = Map.of("smtp", this.inbox.smtpPort() + "", "inbox", this.inbox.port() + "",
					"alertmanager", alertmanagerPort + "", "templates",
					repository().resolve("alertmanager/templates").toString(), "today", weekday(today), "tomorrow",
					weekday(today.plusDays(1)), "targets", targets(this.services.port()));
			Path alertmanagerFolder = Files.createDirectories(folder.resolve("alertmanager"));
			write(alertmanagerFolder, "alertmanager.yml", values);
			this.alertmanager = started(new Backend(alertmanagerFolder, alertmanagerPort,
					List.of(Program.ALERTMANAGER.path().toString(), "--config.file=alertmanager.yml",
							"--storage.path=data", "--cluster.listen-address=",
							"--web.listen-address=127.0.0.1:" + alertmanagerPort)));
			Path prometheusFolder = Files.createDirectories(folder.resolve("prometheus"));
			write(prometheusFolder, "prometheus.yml", values);
			write(prometheusFolder, "rules.yml", values);
			Backend prometheus = started(new Backend(prometheusFolder, prometheusPort,
					List.of(Program.PROMETHEUS.path().toString(), "--config.file=prometheus.yml",
							"--storage.tsdb.path=data", "--rules.alert.resend-delay=1s",
							"--web.listen-address=127.0.0.1:" + prometheusPort)));
			this.alertmanager.awaitReady();
			prometheus.awaitReady();
		}
		catch (IOException | InterruptedException | RuntimeException ex) {
			close();
			throw ex;
		}
	}

	private <T extends AutoCloseable> T started(T part) {
		this.parts.push(part);
		return part;
	}

	private static String weekday(LocalDate date) {
		return date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH).toLowerCase(Locale.ENGLISH);
	}

	private static String targets(int port) {
		Stream<String> services = SERVICES.entrySet()
			.stream()
			.map((service) -> "application: %s, environment: %s".formatted(service.getKey(), service.getValue()));
		Stream<String> clusters = Stream.of("north", "south")
			.map((cluster) -> "application: ferries, environment: production, cluster: " + cluster);
		return Stream.concat(services, clusters)
			.map((labels) -> "      - {targets: ['127.0.0.1:%d'], labels: {%s}}".formatted(port, labels))
			.collect(Collectors.joining("\n"));
	}

	private static void write(Path folder, String file, Map<String, String> values) throws IOException {
		String content = new ClassPathResource("browser/" + file).getContentAsString(StandardCharsets.UTF_8);
		for (Map.Entry<String, String> value : values.entrySet()) {
			content = content.replace("@" + value.getKey() + "@", value.getValue());
		}
		Files.writeString(folder.resolve(file), content);
	}

	static Path repository() {
		Path folder = Path.of("").toAbsolutePath();
		while (!Files.exists(folder.resolve("mvnw"))) {
			folder = folder.getParent();
		}
		return folder;
	}

	MonitoredServices services() {
		return this.services;
	}

	Backend alertmanager() {
		return this.alertmanager;
	}

	TestInbox inbox() {
		return this.inbox;
	}

	@Override
	public void close() {
		while (!this.parts.isEmpty()) {
			try {
				this.parts.pop().close();
			}
			catch (Exception ex) {
				// The others are closed all the same.
			}
		}
	}

}
