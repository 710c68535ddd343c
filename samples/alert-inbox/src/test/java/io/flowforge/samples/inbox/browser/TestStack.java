package io.flowforge.samples.inbox.browser;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

import io.flowforge.samples.inbox.AlertInboxApplication;
import io.flowforge.samples.inbox.InboxPorts;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
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

	private final int inboxPort;

	private final int smtpPort;

	private final Backend alertmanager;

	TestStack(Path folder) throws IOException, InterruptedException {
		try {
			this.services = started(new MonitoredServices());
			int prometheusPort = Backend.freePort();
			int alertmanagerPort = Backend.freePort();
			ConfigurableApplicationContext inbox = SpringApplication.run(AlertInboxApplication.class, "--server.port=0",
					"--inbox.smtp.port=0", "--inbox.prometheus-url=http://127.0.0.1:" + prometheusPort,
					"--inbox.alertmanager-urls=http://127.0.0.1:" + alertmanagerPort);
			this.parts.push(inbox);
			this.inboxPort = InboxPorts.http(inbox);
			this.smtpPort = InboxPorts.smtp(inbox);
			LocalDate today = LocalDate.now(ZoneOffset.UTC);
			Map<String, String> values = Map.of("smtp", this.smtpPort + "", "inbox", this.inboxPort + "",
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
		return SERVICES.entrySet()
			.stream()
			.map((service) -> "      - {targets: ['127.0.0.1:%d'], labels: {application: %s, environment: %s}}"
				.formatted(port, service.getKey(), service.getValue()))
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

	String inbox() {
		return "http://localhost:" + this.inboxPort + "/";
	}

	/**
	 * Remove all messages.
	 */
	void clear() {
		send(HttpRequest.newBuilder(URI.create(inbox() + "api/messages")).DELETE());
	}

	void slack(String json) {
		send(HttpRequest.newBuilder(URI.create(inbox() + "slack/webhook"))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(json)));
	}

	private static void send(HttpRequest.Builder request) {
		try {
			int status = HttpClient.newHttpClient().send(request.build(), BodyHandlers.discarding()).statusCode();
			if (status / 100 != 2) {
				throw new IllegalStateException("The inbox answers with status " + status);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	void mail(String mail) {
		Properties properties = new Properties();
		properties.put("mail.smtp.host", "127.0.0.1");
		properties.put("mail.smtp.port", Integer.toString(this.smtpPort));
		properties.put("mail.smtp.from", "somebody@elsewhere.example");
		Session session = Session.getInstance(properties);
		try (Transport transport = session.getTransport("smtp")) {
			transport.connect();
			transport.sendMessage(
					new MimeMessage(session, new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8))),
					new Address[] { new InternetAddress("on-call@flowforge.example") });
		}
		catch (MessagingException ex) {
			throw new IllegalStateException(ex);
		}
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
