package io.flowforge.samples.inbox.logs;

import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Which lines somebody wants to see. What is empty or {@code null} may be anything.
 *
 * @param service name of the service
 * @param environment its environment
 * @param level the least level
 * @param trace id of the trace
 * @param from when they were logged at the earliest
 * @param to when they were logged at the latest
 */
public record LogQuery(String service, String environment, @Nullable Level level, String trace, @Nullable Instant from,
		@Nullable Instant to) {

	/** What is written in JSON as it is. */
	private static final Pattern PLAIN = Pattern.compile("[\\w.:-]+");

	public LogQuery {
		service = service.strip();
		environment = environment.strip();
		trace = trace.strip().toLowerCase(Locale.ROOT);
	}

	boolean matches(LogLine line) {
		return (this.service.isEmpty() || this.service.equals(line.service()))
				&& (this.environment.isEmpty() || this.environment.equals(line.environment()))
				&& (this.level == null || line.severity() >= this.level.severity())
				&& (this.trace.isEmpty() || this.trace.equals(line.traceId()))
				&& (this.from == null || !line.time().isBefore(this.from))
				&& (this.to == null || !line.time().isAfter(this.to));
	}

	/**
	 * Whether JSON can have such a line, as far as that is seen without parsing it.
	 * @param json the JSON
	 * @return whether it is worth parsing
	 */
	boolean mayMatch(String json) {
		return mayContain(json, this.service) && mayContain(json, this.trace);
	}

	private static boolean mayContain(String json, String value) {
		return !PLAIN.matcher(value).matches() || json.contains(value);
	}

	/**
	 * The levels of OpenTelemetry, each with its least severity.
	 */
	public enum Level {

		/** Everything. */
		TRACE(1),

		/** For developers. */
		DEBUG(5),

		/** News. */
		INFO(9),

		/** Something may be wrong. */
		WARN(13),

		/** Something is wrong. */
		ERROR(17),

		/** Nothing works. */
		FATAL(21);

		private final int severity;

		Level(int severity) {
			this.severity = severity;
		}

		int severity() {
			return this.severity;
		}

		static String of(int severity) {
			String name = "";
			for (Level level : values()) {
				name = (severity >= level.severity) ? level.name() : name;
			}
			return name;
		}

	}

}
