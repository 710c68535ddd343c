package io.flowforge.samples.inbox;

import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.flowforge.samples.inbox.now.CurrentAlert.State;
import io.flowforge.samples.inbox.now.CurrentAlerts;
import io.flowforge.samples.inbox.now.SharedCurrentAlerts;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The inbox for people. The page is made here and not in the browser, because here the
 * messages are turned into HTML anyway, and because a page that has everything in it can
 * be read by tests and by people without a script; {@code inbox.js} only brings an open
 * page up to date with a new one.
 */
@RestController
class PageController {

	private static final String ICON = "data:image/svg+xml,%%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'"
			+ "%%3E%%3Ccircle cx='8' cy='8' r='7' fill='%%23%s'/%%3E%%3C/svg%%3E";

	private static final String EMPTY = "<p class=\"empty\" id=\"empty\">Nothing yet. When an alert fires, its Slack "
			+ "message and its mail appear here.</p>\n";

	/** More would only be scrolled past; the rest is in {@code /api/messages}. */
	private static final int MAX_SHOWN = 100;

	private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; "
			+ "frame-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
			+ "frame-ancestors 'none'";

	private final Inbox inbox;

	private final Watchdog watchdog;

	private final SharedCurrentAlerts currentAlerts;

	private final NowHtml nowHtml;

	private final CardHtml cardHtml;

	private final InstantSource clock;

	private final ZoneId timeZone;

	private final PageTemplate template;

	PageController(Inbox inbox, Watchdog watchdog, SharedCurrentAlerts currentAlerts, NowHtml nowHtml,
			CardHtml cardHtml, InstantSource clock, @Value("${inbox.time-zone}") ZoneId timeZone) throws IOException {
		this.inbox = inbox;
		this.watchdog = watchdog;
		this.currentAlerts = currentAlerts;
		this.nowHtml = nowHtml;
		this.cardHtml = cardHtml;
		this.clock = clock;
		this.timeZone = timeZone;
		this.template = new PageTemplate("inbox.html", CONTENT_SECURITY_POLICY);
	}

	@GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
	ResponseEntity<String> page(@RequestParam(defaultValue = "0") long after) {
		CurrentAlerts now = this.currentAlerts.get();
		List<Message> messages = this.inbox.after(0);
		List<Card> cards = Cards.of(messages, this.timeZone);
		long firing = now.count(State.FIRING);
		Watchdog.Report watchdog = this.watchdog.report();
		String cardsHtml = cards.stream()
			.limit(MAX_SHOWN)
			.map((card) -> this.cardHtml.render(card, now, after))
			.collect(Collectors.joining());
		Map<String, String> values = Map.of("title", (firing > 0) ? "(" + firing + ") Alert inbox" : "Alert inbox",
				"icon", ICON.formatted((firing > 0) ? "c4231c" : "1f883d"), "level", watchdog.level(), "watchdog",
				watchdog.sentence(), "newest", Long.toString(messages.isEmpty() ? 0 : messages.get(0).id()), "time",
				Long.toString(this.clock.millis()), "now", this.nowHtml.render(now, cards), "cards",
				cards.isEmpty() ? EMPTY : cardsHtml);
		return this.template.fill(values);
	}

}
