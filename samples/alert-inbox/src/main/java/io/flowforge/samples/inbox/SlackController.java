package io.flowforge.samples.inbox;

import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import io.flowforge.samples.inbox.Message.Status;
import io.flowforge.samples.inbox.Message.Via;
import io.flowforge.samples.inbox.SlackPayload.Attachment;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Plays Slack: takes both kinds of posts and answers in Slack's words.
 *
 * @see <a href=
 * "https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks">Incoming
 * webhooks</a>
 * @see <a href=
 * "https://docs.slack.dev/reference/methods/chat.postMessage">chat.postMessage</a>
 */
@RestController
class SlackController {

	private static final String WEBHOOK_NOTE = "Shown in the channel that was asked for. "
			+ "A real incoming webhook ignores it and posts to the channel it was made for.";

	private final Inbox inbox;

	private final InstantSource clock;

	private final JsonMapper mapper;

	SlackController(Inbox inbox, InstantSource clock, JsonMapper mapper) {
		this.inbox = inbox;
		this.clock = clock;
		this.mapper = mapper;
	}

	@PostMapping(path = "/slack/webhook", produces = MediaType.TEXT_PLAIN_VALUE)
	ResponseEntity<String> webhook(InputStream body) throws IOException {
		String json = RequestBodies.read(body);
		SlackPayload payload = parse(json);
		if (payload == null) {
			return ResponseEntity.badRequest().body("invalid_payload");
		}
		if (payload.isEmpty()) {
			return ResponseEntity.badRequest().body("no_text");
		}
		receive(Via.SLACK_WEBHOOK, (payload.channel() != null) ? WEBHOOK_NOTE : null, payload, json);
		return ResponseEntity.ok("ok");
	}

	@PostMapping("/api/chat.postMessage")
	Map<String, Object> postMessage(
			@RequestHeader(name = HttpHeaders.AUTHORIZATION, defaultValue = "") String authorization, InputStream body)
			throws IOException {
		String json = RequestBodies.read(body);
		if (!authorization.matches("Bearer \\S+")) {
			return Map.of("ok", false, "error", "not_authed");
		}
		SlackPayload payload = parse(json);
		if (payload == null) {
			return Map.of("ok", false, "error", "invalid_json");
		}
		if (!StringUtils.hasText(payload.channel())) {
			return Map.of("ok", false, "error", "channel_not_found");
		}
		if (payload.isEmpty()) {
			return Map.of("ok", false, "error", "no_text");
		}
		Message message = receive(Via.SLACK_API, null, payload, json);
		return Map.of("ok", true, "channel", payload.channel(), "ts",
				message.receivedAt().getEpochSecond() + ".000000");
	}

	private @Nullable SlackPayload parse(String json) {
		try {
			return this.mapper.readValue(json, SlackPayload.class);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private Message receive(Via via, @Nullable String note, SlackPayload payload, String json) {
		HtmlText shown = new HtmlText(SlackHtml.render(payload));
		String title = new HtmlText(Mrkdwn.plainToHtml(payload.title())).text();
		List<Attachment> attachments = payload.attachments();
		Status status = attachments.stream()
			.map(Attachment::status)
			.filter((told) -> told != Status.UNKNOWN)
			.findFirst()
			.orElseGet(() -> Status.of(shown.text()));
		return this.inbox.add((id) -> new Message(id, this.clock.instant(), via, note, payload.channel(),
				payload.username(), List.of(), status, title, shown.text(), null, shown.links(), json));
	}

}
