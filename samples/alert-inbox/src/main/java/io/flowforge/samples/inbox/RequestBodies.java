package io.flowforge.samples.inbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * Reads what is posted, up to the length of a message.
 */
final class RequestBodies {

	private RequestBodies() {
	}

	static String read(InputStream body) throws IOException {
		byte[] bytes = body.readNBytes(Inbox.MAX_MESSAGE_SIZE + 1);
		if (bytes.length > Inbox.MAX_MESSAGE_SIZE) {
			throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE, "A message may have 1 MiB.");
		}
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
