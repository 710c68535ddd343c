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
import java.time.InstantSource;
import java.util.Properties;

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
import org.springframework.context.support.GenericApplicationContext;

/**
 * An inbox, and messages to it.
 */
final class TestInbox implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	/**
	 * Start an inbox.
	 * @param clock what the inbox takes for now
	 * @param prometheus the address of Prometheus
	 * @param alertmanager the address of Alertmanager
	 */
	TestInbox(InstantSource clock, String prometheus, String alertmanager) {
		SpringApplication application = new SpringApplication(AlertInboxApplication.class);
		application.addInitializers((GenericApplicationContext context) -> context.registerBean("testClock",
				InstantSource.class, () -> clock, (bean) -> bean.setPrimary(true)));
		this.context = application.run("--server.port=0", "--inbox.smtp.port=0", "--inbox.prometheus-url=" + prometheus,
				"--inbox.alertmanager-urls=" + alertmanager);
	}

	int port() {
		return InboxPorts.http(this.context);
	}

	int smtpPort() {
		return InboxPorts.smtp(this.context);
	}

	String page() {
		return "http://localhost:" + port() + "/";
	}

	/**
	 * Remove all messages.
	 */
	void clear() {
		send(HttpRequest.newBuilder(URI.create(page() + "api/messages")).DELETE());
	}

	/**
	 * Post to Slack's incoming webhook.
	 * @param json the message
	 */
	void slack(String json) {
		post("slack/webhook", json);
	}

	/**
	 * Post to Slack as its bot.
	 * @param json the message
	 */
	void slackBot(String json) {
		post("api/chat.postMessage", json);
	}

	private void post(String path, String json) {
		send(HttpRequest.newBuilder(URI.create(page() + path))
			.header("Content-Type", "application/json")
			.header("Authorization", "Bearer xoxb-1")
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
		properties.put("mail.smtp.port", Integer.toString(smtpPort()));
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
		this.context.close();
	}

}
