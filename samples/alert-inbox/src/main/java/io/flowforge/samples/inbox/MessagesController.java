package io.flowforge.samples.inbox;

import java.util.List;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The inbox for programs.
 */
@RestController
@RequestMapping("/api/messages")
class MessagesController {

	private final Inbox inbox;

	MessagesController(Inbox inbox) {
		this.inbox = inbox;
	}

	@GetMapping
	List<Message> list(@RequestParam(defaultValue = "0") long after) {
		return this.inbox.after(after);
	}

	@DeleteMapping
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void clear() {
		this.inbox.clear();
	}

}
