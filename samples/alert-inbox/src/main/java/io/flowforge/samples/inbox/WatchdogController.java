package io.flowforge.samples.inbox;

import java.io.IOException;
import java.io.InputStream;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Takes the watchdog from a webhook receiver of Alertmanager.
 */
@RestController
class WatchdogController {

	private final Watchdog watchdog;

	private final JsonMapper mapper;

	WatchdogController(Watchdog watchdog, JsonMapper mapper) {
		this.watchdog = watchdog;
		this.mapper = mapper;
	}

	@PostMapping("/watchdog")
	void hear(InputStream body) throws IOException {
		if (isFiring(RequestBodies.read(body))) {
			this.watchdog.hear();
		}
	}

	// A resolved watchdog is the news that it has stopped.
	private boolean isFiring(String json) {
		try {
			return this.mapper.readTree(json).path("status").asString("").equals("firing");
		}
		catch (JacksonException ex) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "This is not JSON of an Alertmanager.", ex);
		}
	}

}
