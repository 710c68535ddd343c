package io.flowforge.samples.inbox;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeUtility;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a mail program would show: the first plain text and the first HTML that are
 * not attachments.
 */
final class MailReader {

	// Real mail nests three deep; more is sent only to overflow the stack.
	private static final int MAX_DEPTH = 10;

	private @Nullable String plain;

	private @Nullable String html;

	MailReader(Part mail) throws MessagingException, IOException {
		read(mail, 0);
	}

	@Nullable String plain() {
		return this.plain;
	}

	@Nullable String html() {
		return this.html;
	}

	private void read(Part part, int depth) throws MessagingException, IOException {
		if (part.isMimeType("multipart/*") && depth < MAX_DEPTH && part.getContent() instanceof Multipart parts) {
			for (int i = 0; i < parts.getCount(); i++) {
				read(parts.getBodyPart(i), depth + 1);
			}
		}
		else if (Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) {
			return;
		}
		else if (this.plain == null && part.isMimeType("text/plain")) {
			this.plain = decode(part);
		}
		else if (this.html == null && part.isMimeType("text/html")) {
			this.html = decode(part);
		}
	}

	// Not {@code getContent()}, which fails on a character set that Java does not know.
	private static String decode(Part part) throws MessagingException, IOException {
		String name = new ContentType(part.getContentType()).getParameter("charset");
		return new String(part.getInputStream().readAllBytes(), charset((name != null) ? name : "UTF-8"))
			.replace("\r\n", "\n");
	}

	private static Charset charset(String name) {
		try {
			return Charset.forName(MimeUtility.javaCharset(name));
		}
		catch (IllegalArgumentException ex) {
			return StandardCharsets.UTF_8;
		}
	}

}
