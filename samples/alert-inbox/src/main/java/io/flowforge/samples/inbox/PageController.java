package io.flowforge.samples.inbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The inbox for people.
 */
@RestController
class PageController {

	/** More would only be scrolled past; the rest is in {@code /api/messages}. */
	private static final int MAX_SHOWN = 100;

	/**
	 * Mails inherit it: nothing in them runs, and no picture tells the sender that
	 * somebody looked.
	 */
	private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; "
			+ "style-src 'self' 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'none'";

	private final Inbox inbox;

	private final Watchdog watchdog;

	private final MessageHtml messageHtml;

	private final String template;

	PageController(Inbox inbox, Watchdog watchdog, MessageHtml messageHtml) throws IOException {
		this.inbox = inbox;
		this.watchdog = watchdog;
		this.messageHtml = messageHtml;
		this.template = new ClassPathResource("inbox.html").getContentAsString(StandardCharsets.UTF_8);
	}

	@GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
	ResponseEntity<String> page(@RequestParam(defaultValue = "0") long after) {
		String messages = this.inbox.after(after)
			.stream()
			.limit(MAX_SHOWN)
			.map(this.messageHtml::render)
			.collect(Collectors.joining());
		String page = this.template.replace("{{level}}", this.watchdog.report().level())
			.replace("{{watchdog}}", this.watchdog.report().sentence())
			.replace("{{shown}}", Integer.toString(Math.min(this.inbox.size(), MAX_SHOWN)))
			.replace("{{messages}}", messages);
		return ResponseEntity.ok()
			.header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
			.header("Referrer-Policy", "no-referrer")
			.header("X-Content-Type-Options", "nosniff")
			.body(page);
	}

}
