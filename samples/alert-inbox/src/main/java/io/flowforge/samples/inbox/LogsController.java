package io.flowforge.samples.inbox;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.flowforge.samples.inbox.logs.LogFile;
import io.flowforge.samples.inbox.logs.LogFile.Found;
import io.flowforge.samples.inbox.logs.LogLine;
import io.flowforge.samples.inbox.logs.LogQuery;
import io.flowforge.samples.inbox.logs.LogQuery.Level;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The log lines of services, where no backend keeps them: what a message's link to the
 * logs leads to. All of it is made here, so that it needs no script.
 */
@RestController
class LogsController {

	private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
			+ "img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

	private final LogFile file;

	private final PageTemplate template = new PageTemplate("logs.html", CONTENT_SECURITY_POLICY);

	LogsController(LogFile file) throws IOException {
		this.file = file;
	}

	@GetMapping(path = "/logs", produces = MediaType.TEXT_HTML_VALUE)
	ResponseEntity<String> page(@RequestParam(defaultValue = "") String service,
			@RequestParam(defaultValue = "") String environment, @RequestParam(required = false) @Nullable Level level,
			@RequestParam(defaultValue = "") String trace, @RequestParam(required = false) @Nullable Long from,
			@RequestParam(required = false) @Nullable Long to) throws IOException {
		if (!this.file.isConfigured()) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND,
					"This stack's log lines are not here: see what its messages link to.");
		}
		LogQuery query = new LogQuery(service, environment, level, trace, instant(from), instant(to));
		Found found = this.file.find(query);
		Map<String, String> values = Map.of("service", Html.escape(query.service()), "environment",
				Html.escape(query.environment()), "trace", Html.escape(query.trace()), "levels", levels(level), "times",
				times(query), "notes", notes(found), "lines",
				found.lines().stream().map(LogsController::line).collect(Collectors.joining()));
		return this.template.fill(values);
	}

	private static @Nullable Instant instant(@Nullable Long milliseconds) {
		return (milliseconds != null) ? Instant.ofEpochMilli(milliseconds) : null;
	}

	private static String levels(@Nullable Level chosen) {
		String options = Arrays.stream(Level.values())
			.map((level) -> "<option value=\"%s\"%s>%s and above</option>".formatted(level,
					(level == chosen) ? " selected" : "", level))
			.collect(Collectors.joining());
		return "<option value=\"\">Any</option>" + options;
	}

	// The form has no fields for them: what is looked for with it may be of any time.
	private static String times(LogQuery query) {
		Instant from = query.from();
		Instant to = query.to();
		String times = Stream
			.of((from != null) ? "from " + TimeHtml.render(from) : "", (to != null) ? "to " + TimeHtml.render(to) : "")
			.filter((time) -> !time.isEmpty())
			.collect(Collectors.joining(" "));
		String anyTime = address(query.service(), query.environment(), query.level(), query.trace());
		return times.isEmpty() ? "" : "<p class=\"note\">Only %s. <a href=\"%s\">At any time</a></p>\n".formatted(times,
				Html.escape(anyTime));
	}

	private static String address(String service, String environment, @Nullable Level level, String trace) {
		return UriComponentsBuilder.fromPath("/logs")
			.queryParam("service", "{service}")
			.queryParam("environment", "{environment}")
			.queryParam("level", "{level}")
			.queryParam("trace", "{trace}")
			.encode()
			.buildAndExpand(service, environment, (level != null) ? level : "", trace)
			.toUriString();
	}

	private static String notes(Found found) {
		List<String> notes = Stream
			.of(found.lines().isEmpty() ? "There is no such line." : "",
					found.more() ? "There are more lines; these are the newest." : "",
					found.unread() ? "Older lines were not looked at, as that would take too long." : "",
					found.skipped() ? "Some were not looked at, as they came in too large a request." : "")
			.filter((note) -> !note.isEmpty())
			.toList();
		return notes.isEmpty() ? "" : "<p class=\"note\" id=\"notes\">%s</p>\n".formatted(String.join(" ", notes));
	}

	private static String line(LogLine line) {
		String trace = line.traceId().isEmpty() ? "" : " · <a href=\"%s\">Trace<span class=\"trace\"> %s</span></a>"
			.formatted(Html.escape(address("", "", null, line.traceId())), Html.escape(line.traceId()));
		String exception = line.exception().isEmpty() ? "" : "<details><summary>%s</summary><pre>%s</pre></details>\n"
			.formatted(Html.escape(line.exception().lines().findFirst().orElse("")), Html.escape(line.exception()));
		return """
				<li class="line %s"><p class="line-head"><b class="badge">%s</b> %s <b>%s</b>%s%s</p>
				<pre class="text">%s</pre>
				%s</li>
				""".formatted(cssClass(line), Html.escape(line.level()), TimeHtml.render(line.time()),
				ServiceHtml.render(line.service(), line.environment()),
				line.logger().isEmpty() ? "" : " · " + Html.escape(line.logger()), trace, Html.escape(line.message()),
				exception);
	}

	private static String cssClass(LogLine line) {
		return (line.severity() >= 17) ? "firing" : (line.severity() >= 13) ? "pending" : "idle";
	}

}
