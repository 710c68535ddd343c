package io.flowforge.samples.inbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

import io.flowforge.samples.inbox.Message.Status;
import io.flowforge.samples.inbox.Message.Via;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Puts mail into the inbox.
 */
@Component
class Mailbox {

	private final Inbox inbox;

	private final InstantSource clock;

	Mailbox(Inbox inbox, InstantSource clock) {
		this.inbox = inbox;
		this.clock = clock;
	}

	/**
	 * Takes a mail.
	 * @param mail the mail
	 * @param recipients to whom it is delivered, which its header need not say
	 * @throws MessagingException if it cannot be read as a mail
	 * @throws IOException if it cannot be read
	 */
	void receive(MimeMessage mail, List<String> recipients) throws MessagingException, IOException {
		ByteArrayOutputStream raw = new ByteArrayOutputStream();
		mail.writeTo(raw);
		String subject = (mail.getSubject() != null) ? mail.getSubject() : "(no subject)";
		MailReader parts = new MailReader(mail);
		HtmlText shown = new HtmlText((parts.html() != null) ? parts.html()
				: Html.fromPlainText((parts.plain() != null) ? parts.plain() : ""));
		String text = (parts.plain() != null) ? parts.plain().strip() : shown.text();
		this.inbox.add((id) -> new Message(id, this.clock.instant(), Via.EMAIL, null, null, sender(mail), recipients,
				Status.of(subject), subject, text, parts.html(), shown.links(), raw.toString(StandardCharsets.UTF_8)));
	}

	private static @Nullable String sender(MimeMessage mail) {
		try {
			return (mail.getFrom() != null && mail.getFrom()[0] instanceof InternetAddress address)
					? address.toUnicodeString() : null;
		}
		catch (MessagingException ex) {
			return null;
		}
	}

}
