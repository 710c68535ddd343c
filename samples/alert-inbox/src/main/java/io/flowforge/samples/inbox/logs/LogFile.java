package io.flowforge.samples.inbox.logs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * The file into which the Collector's {@code file} exporter writes log records, and those
 * that it has put aside. Each line is a request, with records of one or more services.
 *
 * @see <a href=
 * "https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">OTLP/JSON</a>
 */
@Component
public class LogFile {

	/** More would only be scrolled past. */
	static final int MAX_FOUND = 200;

	/** How much is read for one look; what is older stays unseen. */
	static final long MAX_BYTES = 64L * 1024 * 1024;

	/** A line that is longer would need too much memory. */
	static final int MAX_LINE = 8 * 1024 * 1024;

	private static final int MAX_MESSAGE = 4000;

	private static final int MAX_EXCEPTION = 12000;

	private final @Nullable Path file;

	private final JsonMapper mapper;

	LogFile(@Value("${inbox.logs-file}") String file, JsonMapper mapper) {
		this.file = StringUtils.hasText(file) ? Path.of(file) : null;
		this.mapper = mapper;
	}

	/**
	 * Whether there is one in this stack.
	 * @return whether lines are to be looked for here
	 */
	public boolean isConfigured() {
		return this.file != null;
	}

	/**
	 * Look for lines, one look at a time.
	 * @param query which ones
	 * @return what was found
	 * @throws IOException if a file cannot be read
	 */
	public synchronized Found find(LogQuery query) throws IOException {
		Search search = new Search(query);
		for (Path each : newestFirst()) {
			search.read(each);
		}
		return search.found();
	}

	// The Collector puts the time of the rotation into the names of the others.
	private List<Path> newestFirst() throws IOException {
		if (this.file == null || this.file.getParent() == null || !Files.isDirectory(this.file.getParent())) {
			return List.of();
		}
		String name = this.file.getFileName().toString();
		String stem = StringUtils.stripFilenameExtension(name);
		try (Stream<Path> files = Files.list(this.file.getParent())) {
			List<Path> rotated = files
				.filter((each) -> each.getFileName().toString().startsWith(stem + "-")
						&& each.getFileName().toString().endsWith(name.substring(stem.length())))
				.sorted(Comparator.reverseOrder())
				.toList();
			return Stream.concat(Stream.of(this.file), rotated.stream()).toList();
		}
	}

	/**
	 * What was found.
	 *
	 * @param lines the lines, newest first
	 * @param more whether there are more of them than are shown
	 * @param skipped whether lines were too long to be read
	 * @param unread whether there are files, or parts of them, that were not looked at,
	 * as that would take too long
	 */
	public record Found(List<LogLine> lines, boolean more, boolean skipped, boolean unread) {

	}

	/**
	 * One look at the files.
	 */
	private final class Search {

		private final LogQuery query;

		private final List<LogLine> lines = new ArrayList<>();

		private long left = MAX_BYTES;

		private boolean more;

		private boolean skipped;

		private boolean unread;

		Search(LogQuery query) {
			this.query = query;
		}

		void read(Path path) throws IOException {
			try (LinesFromTheEnd text = new LinesFromTheEnd(path, MAX_LINE)) {
				long start = text.remaining();
				long stop = start - this.left;
				while (!this.more && text.remaining() > Math.max(0, stop)) {
					long before = text.remaining();
					String line = text.next();
					this.skipped |= before - text.remaining() > MAX_LINE;
					if (line != null && this.query.mayMatch(line)) {
						parse(line);
					}
				}
				this.left -= start - text.remaining();
				this.unread |= !this.more && text.remaining() > 0;
			}
			catch (NoSuchFileException ex) {
				// Nothing was written yet, or it was deleted just now.
			}
		}

		// The last line may be half written.
		private void parse(String json) {
			try {
				JsonNode request = LogFile.this.mapper.readTree(json);
				for (JsonNode resource : request.path("resourceLogs")) {
					for (JsonNode scope : resource.path("scopeLogs")) {
						scope.path("logRecords").forEach((logged) -> add(line(resource, scope, logged)));
					}
				}
			}
			catch (JacksonException ex) {
				// What is no JSON is no log record.
			}
			this.lines.sort(Comparator.comparing(LogLine::time).reversed());
			if (this.lines.size() > MAX_FOUND) {
				this.more = true;
				this.lines.subList(MAX_FOUND, this.lines.size()).clear();
			}
		}

		private void add(LogLine line) {
			if (this.query.matches(line)) {
				this.lines.add(line);
			}
		}

		Found found() {
			return new Found(List.copyOf(this.lines), this.more, this.skipped, this.unread);
		}

		private static LogLine line(JsonNode resource, JsonNode scope, JsonNode logged) {
			JsonNode attributes = resource.at("/resource/attributes");
			int severity = logged.path("severityNumber").asInt(0);
			String level = logged.path("severityText").asString("");
			return new LogLine(time(logged), severity, level.isEmpty() ? LogQuery.Level.of(severity) : level,
					value(attributes, "service.name"), value(attributes, "deployment.environment.name"),
					scope.at("/scope/name").asString(""), shortened(value(logged.path("body")), MAX_MESSAGE),
					shortened(value(logged.path("attributes"), "exception.stacktrace"), MAX_EXCEPTION),
					logged.path("traceId").asString(""));
		}

		private static Instant time(JsonNode logged) {
			long nanoseconds = logged.path("timeUnixNano").asLong(0);
			if (nanoseconds == 0) {
				nanoseconds = logged.path("observedTimeUnixNano").asLong(0);
			}
			return Instant.ofEpochSecond(0, nanoseconds);
		}

		private static String value(JsonNode attributes, String key) {
			return attributes.valueStream()
				.filter((attribute) -> attribute.path("key").asString("").equals(key))
				.findFirst()
				.map((attribute) -> value(attribute.path("value")))
				.orElse("");
		}

		// A string or a number is its only member; of a list or a map, its JSON will do.
		private static String value(JsonNode value) {
			return Optional.of(value.path("stringValue"))
				.filter(JsonNode::isString)
				.map(JsonNode::asString)
				.orElseGet(() -> value.isMissingNode() ? "" : value.toString());
		}

		private static String shortened(String text, int length) {
			return (text.length() > length) ? text.substring(0, length) + "…" : text;
		}

	}

}
