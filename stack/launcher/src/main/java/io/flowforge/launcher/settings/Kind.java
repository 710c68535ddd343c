package io.flowforge.launcher.settings;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What the value of a setting must look like.
 *
 * @param description what it must be, as a sentence about the variable goes on
 * @param isValid whether a value is
 */
record Kind(String description, Predicate<String> isValid) {

	private static final int MAX_PORT = 65535;

	static final Kind PORT = new Kind("must be a port, which is a number from 1 to " + MAX_PORT + ".",
			(value) -> value.matches("\\d{1,5}") && Integer.parseInt(value) >= 1
					&& Integer.parseInt(value) <= MAX_PORT);

	static final Kind LIMIT = matching("[0-9]{1,9}", "must be a number; 0 is no limit.");

	static final Kind FOLDER = new Kind("must be an absolute path of a folder.",
			(value) -> Path.of(value).isAbsolute());

	static final Kind SWITCH = oneOf("yes", "no");

	static final Kind USER = matching("[A-Za-z0-9_.-]+(:[A-Za-z0-9_.-]+)?", "must be a user, such as 1000:1000.");

	static final Kind FILE_NAME = matching("[A-Za-z0-9._-]+[.]yaml", "must be the name of a YAML file.");

	static Kind url(String example) {
		return matching("https?://[A-Za-z0-9._~:/@%+=-]+",
				"must be an http or https URL, such as %s.".formatted(example));
	}

	static final Kind TIME_ZONE = new Kind("must be a time zone, such as Europe/Vienna.",
			ZoneId.getAvailableZoneIds()::contains);

	/** The code that uses the value checks the rest. */
	static final Kind TEXT = new Kind("must be a single line.", (value) -> value.lines().count() <= 1);

	static Kind oneOf(String... values) {
		List<String> all = Arrays.asList(values);
		String others = String.join(", ", all.subList(0, all.size() - 1));
		return new Kind("must be %s or %s.".formatted(others, all.get(all.size() - 1)), all::contains);
	}

	private static Kind matching(String pattern, String description) {
		return new Kind(description, Pattern.compile(pattern).asMatchPredicate());
	}

}
