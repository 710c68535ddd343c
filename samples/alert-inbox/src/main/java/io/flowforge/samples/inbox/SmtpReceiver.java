package io.flowforge.samples.inbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.smtp.SmtpState;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * GreenMail's SMTP server for any recipient, without GreenMail's mail store: each mail
 * goes straight to the mailbox.
 */
@Component
class SmtpReceiver implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(SmtpReceiver.class);

	private final SmtpProperties properties;

	private final Mailbox mailbox;

	private @Nullable SmtpServer server;

	SmtpReceiver(SmtpProperties properties, Mailbox mailbox) {
		this.properties = properties;
		this.mailbox = mailbox;
	}

	/**
	 * The port that mail is taken on.
	 * @return port, also when any free one was asked for
	 */
	int port() {
		if (this.server == null) {
			throw new IllegalStateException("No mail is taken.");
		}
		return this.server.getPort();
	}

	@Override
	public void start() {
		ServerSocket socket = listen();
		ServerSetup setup = new ServerSetup(socket.getLocalPort(), this.properties.address(),
				ServerSetup.PROTOCOL_SMTP);
		this.server = new SmtpServer(setup, new MailboxManagers(this.mailbox)) {

			@Override
			protected ServerSocket openServerSocket() {
				return socket;
			}

		};
		this.server.startService();
		logger.info("Listening for mail on {}:{}", this.properties.address(), socket.getLocalPort());
	}

	// Opens the port here and not in GreenMail's thread, where a failure stops nothing.
	private ServerSocket listen() {
		try {
			ServerSocket socket = new ServerSocket();
			try {
				socket.setReuseAddress(true);
				socket.bind(new InetSocketAddress(InetAddress.getByName(this.properties.address()),
						this.properties.port()));
				return socket;
			}
			catch (IOException ex) {
				socket.close();
				throw ex;
			}
		}
		catch (IOException ex) {
			throw new SmtpPortException(this.properties, ex);
		}
	}

	@Override
	public void stop() {
		if (this.server != null) {
			this.server.stopService();
			this.server = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.server != null;
	}

	private static class MailboxManagers extends Managers {

		private final SmtpManager smtpManager;

		MailboxManagers(Mailbox mailbox) {
			getUserManager().setAuthRequired(false);
			this.smtpManager = new MailboxManager(this, mailbox);
		}

		@Override
		public SmtpManager getSmtpManager() {
			return this.smtpManager;
		}

	}

	private static class MailboxManager extends SmtpManager {

		private final Mailbox mailbox;

		MailboxManager(Managers managers, Mailbox mailbox) {
			super(managers.getImapHostManager(), managers.getUserManager());
			this.mailbox = mailbox;
		}

		@Override
		public @Nullable String checkData(SmtpState state) {
			try {
				boolean tooLarge = state.getMessage().getMessage().getSize() > Inbox.MAX_MESSAGE_SIZE;
				return tooLarge ? "552 A message may have 1 MiB" : null;
			}
			catch (MessagingException ex) {
				return "554 This cannot be read as a mail";
			}
		}

		@Override
		public void send(SmtpState state) {
			List<String> recipients = state.getMessage()
				.getToAddresses()
				.stream()
				.map(MailAddress::getEmail)
				.sorted()
				.toList();
			try {
				this.mailbox.receive(state.getMessage().getMessage(), recipients);
			}
			catch (MessagingException | IOException ex) {
				// GreenMail logs it and refuses the mail.
				throw new IllegalStateException("This cannot be read as a mail", ex);
			}
		}

	}

}
