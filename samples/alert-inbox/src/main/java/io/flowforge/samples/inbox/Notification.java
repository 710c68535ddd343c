package io.flowforge.samples.inbox;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.flowforge.samples.inbox.Message.Link;
import io.flowforge.samples.inbox.Message.Status;
import io.flowforge.samples.inbox.now.AlertKey;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.UriUtils;

/**
 * A message as the templates in {@code alertmanager/templates} write it, read back. Any
 * other message is none.
 *
 * @param message the message
 * @param service the service it is about
 * @param alerts the alerts it names, which may be only the first of many; none where
 * Slack only says for which services it is over
 */
record Notification(Message message, Service service, List<NotifiedAlert> alerts) {

	private static final Pattern TITLE = Pattern
		.compile("\\[(?:CRITICAL|WARNING|INFO|RESOLVED)] (?<application>.+?)(?: \\((?<environment>[^()]*)\\))?: .+");

	private static final String TIME = "(\\d{2}:\\d{2}:\\d{2})";

	private static final String DAY_AND_ZONE = " (\\S+) on (\\d{1,2} [a-z]+)";

	private static final Pattern FIRING = Pattern.compile("(?i)(?:.*, )?since " + TIME + DAY_AND_ZONE);

	private static final Pattern RESOLVED = Pattern
		.compile("(?i)(?:.*, )?from " + TIME + " to " + TIME + DAY_AND_ZONE + ", for .+");

	private static final Pattern TEAM = Pattern.compile("(?m)^Team: (.*)$");

	private static final Pattern ALERT_IN_FILTER = Pattern
		.compile("(alertname|environment|application|cluster)=\"((?:[^\"\\\\]|\\\\.)*)\"");

	/** What a message about several services has in place of a name. */
	private static final String SEVERAL = "several services";

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);

	/**
	 * Read a message.
	 * @param message any message
	 * @param timeZone the time zone of the times in it, unless they are in UTC
	 * @return what it says, if it is from the stack's templates
	 */
	static Optional<Notification> of(Message message, ZoneId timeZone) {
		Matcher title = TITLE.matcher(message.title());
		if (message.status() == Status.UNKNOWN || !title.matches()) {
			return Optional.empty();
		}
		List<NotifiedAlert> alerts = alerts(message, timeZone);
		boolean several = title.group("application").equals(SEVERAL);
		if (alerts.isEmpty() && !(several && message.status() == Status.RESOLVED)) {
			return Optional.empty();
		}
		// Of several services, only Slack's names a team that they have in common.
		Matcher team = TEAM.matcher(message.text());
		Service service = new Service(title.group("application"),
				(title.group("environment") != null) ? title.group("environment") : "",
				(!several && team.find()) ? team.group(1).strip() : "");
		return Optional.of(new Notification(message, service, alerts));
	}

	private static List<NotifiedAlert> alerts(Message message, ZoneId timeZone) {
		List<AlertKey> keys = keys(message.links());
		List<NotifiedAlert> alerts = new ArrayList<>();
		int firing = 0;
		for (String paragraph : message.text().split("\n\\s*\n")) {
			String[] lines = paragraph.strip().split("\n");
			for (String line : lines) {
				Matcher since = FIRING.matcher(line.strip());
				Matcher from = RESOLVED.matcher(line.strip());
				if (since.matches()) {
					AlertKey key = (firing < keys.size()) ? keys.get(firing) : null;
					firing++;
					alerts.add(new NotifiedAlert(lines[0].strip(), since.group(1), instant(since.group(1),
							since.group(3), zone(since.group(2), timeZone), message.receivedAt()), null, key));
				}
				else if (from.matches()) {
					ZoneId zone = zone(from.group(3), timeZone);
					Instant until = instant(from.group(2), from.group(4), zone, message.receivedAt());
					alerts.add(new NotifiedAlert(lines[0].strip().replaceFirst("^Resolved: ", ""), from.group(1),
							lastBefore(from.group(1), until, zone), until, null));
				}
			}
		}
		return alerts;
	}

	// Each firing alert has one such link, in the same order.
	private static List<AlertKey> keys(List<Link> links) {
		return links.stream()
			.map(Link::url)
			.filter((url) -> url.contains("/#/silences/new?filter="))
			.map((url) -> key(UriUtils.decode(url.substring(url.indexOf("filter=") + 7), "UTF-8")))
			.toList();
	}

	private static AlertKey key(String filter) {
		String[] values = { "", "", "", "" };
		List<String> names = List.of("alertname", "environment", "application", "cluster");
		ALERT_IN_FILTER.matcher(filter)
			.results()
			.forEach((label) -> values[names.indexOf(label.group(1))] = label.group(2).replaceAll("\\\\(.)", "$1"));
		return new AlertKey(values[0], values[1], values[2], values[3]);
	}

	// An abbreviation such as CST is that of several zones.
	private static ZoneId zone(String abbreviation, ZoneId timeZone) {
		return abbreviation.equals("UTC") ? ZoneOffset.UTC : timeZone;
	}

	// The year is not in the message: it is the last in which this was before the
	// message.
	private static Instant instant(String time, String day, ZoneId zone, Instant receivedAt) {
		try {
			ZonedDateTime then = MonthDay.parse(day, DAY)
				.atYear(receivedAt.atZone(zone).getYear())
				.atTime(LocalTime.parse(time))
				.atZone(zone);
			boolean lastYear = then.toInstant().isAfter(receivedAt.plus(Duration.ofDays(1)));
			return (lastYear ? then.minusYears(1) : then).toInstant();
		}
		catch (DateTimeException ex) {
			return receivedAt;
		}
	}

	private static Instant lastBefore(String time, Instant end, ZoneId zone) {
		try {
			ZonedDateTime start = end.atZone(zone).with(LocalTime.parse(time));
			return (start.toInstant().isAfter(end) ? start.minusDays(1) : start).toInstant();
		}
		catch (DateTimeException ex) {
			return end;
		}
	}

	/**
	 * What is the same in the Slack message and the mail of one event: both name the
	 * first five alerts that fire, and the first three that are over.
	 * @return the status, and the alerts by their summary and time
	 */
	List<Object> event() {
		List<Object> event = new ArrayList<>(List.of(this.message.status()));
		Stream.of(true, false)
			.flatMap((firing) -> this.alerts.stream()
				.filter((alert) -> alert.isFiring() == firing)
				.limit(firing ? 5 : 3)
				.map((alert) -> alert.id() + alert.until()))
			.forEach(event::add);
		return event;
	}

	/**
	 * The service that a message is about.
	 *
	 * @param application its name, or what the templates write if there is none
	 * @param environment its environment, or an empty string
	 * @param team the team that is notified
	 */
	record Service(String application, String environment, String team) {

	}

	/**
	 * An alert in a message.
	 *
	 * @param summary what is wrong, in one sentence
	 * @param start time of day at which it fired
	 * @param since when it fired
	 * @param until when it was over, or {@code null} if it fires
	 * @param key the alert, as far as the message names it: only while it fires
	 */
	record NotifiedAlert(String summary, String start, Instant since, @Nullable Instant until, @Nullable AlertKey key) {

		boolean isFiring() {
			return this.until == null;
		}

		/**
		 * Return what identifies the alert in every message about it. A message that it
		 * is over has the time of day at which it fired, but not the date.
		 * @return summary and start
		 */
		String id() {
			return this.start + " " + this.summary;
		}

	}

}
