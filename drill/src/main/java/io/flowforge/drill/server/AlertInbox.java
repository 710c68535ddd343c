package io.flowforge.drill.server;

import java.net.URI;

import io.flowforge.drill.message.Inbox;
import io.flowforge.launcher.Http;
import io.flowforge.launcher.process.Ports;

/**
 * The sample that plays Slack and the mail server.
 */
public final class AlertInbox implements AutoCloseable {

	private final int smtpPort;

	private final Sample sample;

	private final Inbox messages;

	private AlertInbox(int smtpPort, Sample sample) {
		this.smtpPort = smtpPort;
		this.sample = sample;
		this.messages = new Inbox(sample.address());
	}

	/**
	 * Start the inbox and wait until it is healthy.
	 * @param workspace where
	 * @return the inbox
	 */
	public static AlertInbox start(Workspace workspace) {
		int smtpPort = Ports.free();
		return new AlertInbox(smtpPort, Sample.start(workspace, "alert-inbox", "--inbox.smtp.port=" + smtpPort));
	}

	public URI address() {
		return this.sample.address();
	}

	public int port() {
		return this.sample.port();
	}

	public int smtpPort() {
		return this.smtpPort;
	}

	public Inbox messages() {
		return this.messages;
	}

	/**
	 * The page that a person would open.
	 * @return its HTML
	 */
	public String page() {
		return Http.get(address().resolve("/"));
	}

	@Override
	public void close() {
		this.sample.close();
	}

}
