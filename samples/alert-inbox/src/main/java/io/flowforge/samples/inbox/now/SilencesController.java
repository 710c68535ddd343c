package io.flowforge.samples.inbox.now;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Silences alerts for the page, which may not reach Alertmanager itself. Errors are one
 * sentence in {@code error}.
 */
@RestController
@RequestMapping("/api/silences")
class SilencesController {

	private static final int MAX_BODY_SIZE = 16 * 1024;

	private final Alertmanager alertmanager;

	private final SharedCurrentAlerts currentAlerts;

	private final JsonMapper mapper;

	SilencesController(Alertmanager alertmanager, SharedCurrentAlerts currentAlerts, JsonMapper mapper) {
		this.alertmanager = alertmanager;
		this.currentAlerts = currentAlerts;
		this.mapper = mapper;
	}

	@PostMapping
	ResponseEntity<Map<String, String>> create(HttpServletRequest request, InputStream body) throws IOException {
		if (!SamePageRequest.matches(request)) {
			return refused();
		}
		try {
			String json = new String(body.readNBytes(MAX_BODY_SIZE), StandardCharsets.UTF_8);
			SilenceRequest silence = this.mapper.readValue(json, SilenceRequest.class);
			if (silence == null || !silence.isValid()) {
				return error(HttpStatus.BAD_REQUEST, "A silence needs an alert and a duration of the list.");
			}
			String id = this.alertmanager.silence(silence);
			this.currentAlerts.expire();
			return ResponseEntity.status(HttpStatus.CREATED).body(Map.of("id", id));
		}
		catch (JacksonException ex) {
			return error(HttpStatus.BAD_REQUEST, "This is not JSON of a silence.");
		}
		catch (BackendException ex) {
			return error(HttpStatus.BAD_GATEWAY, "Not silenced: " + ex.getMessage());
		}
	}

	@DeleteMapping("/{id}")
	ResponseEntity<Map<String, String>> delete(HttpServletRequest request, @PathVariable String id) {
		if (!SamePageRequest.matches(request)) {
			return refused();
		}
		if (!id.matches("[0-9a-fA-F-]{1,64}")) {
			return error(HttpStatus.BAD_REQUEST, "This is not the id of a silence.");
		}
		try {
			this.alertmanager.unsilence(id);
			this.currentAlerts.expire();
			return ResponseEntity.noContent().build();
		}
		catch (BackendException ex) {
			return error(HttpStatus.BAD_GATEWAY, "Still silenced: " + ex.getMessage());
		}
	}

	private static ResponseEntity<Map<String, String>> refused() {
		return error(HttpStatus.FORBIDDEN, "Only the inbox's own page, opened on this machine, may silence.");
	}

	private static ResponseEntity<Map<String, String>> error(HttpStatus status, String sentence) {
		return ResponseEntity.status(status).body(Map.of("error", sentence));
	}

}
