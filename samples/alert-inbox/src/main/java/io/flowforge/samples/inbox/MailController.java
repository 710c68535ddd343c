package io.flowforge.samples.inbox;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * The HTML of a mail, for a frame in the page: it is read only when somebody opens it.
 */
@RestController
class MailController {

	/** The same limits that the frame has, should somebody open the address itself. */
	private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; "
			+ "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
			+ "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";

	private final Inbox inbox;

	MailController(Inbox inbox) {
		this.inbox = inbox;
	}

	@GetMapping(path = "/mails/{id}", produces = MediaType.TEXT_HTML_VALUE)
	ResponseEntity<String> mail(@PathVariable long id) {
		String html = this.inbox.after(id - 1)
			.stream()
			.filter((message) -> message.id() == id)
			.findFirst()
			.map(Message::html)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such mail."));
		return PageTemplate.respond(MailHtml.safe(html), CONTENT_SECURITY_POLICY);
	}

}
