package io.flowforge.observability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.json.JsonParserFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * The reference of all properties, made of what editors are told about ours and of the
 * comments in the file with our defaults for Spring Boot's.
 */
final class PropertyReference {

	private static final String PREFIX = "flowforge.observability.";

	private static final String LIST = "java.util.List<";

	private static final String MAP = "java.util.Map<java.lang.String,";

	private static final Path METADATA = Path.of("target/classes/META-INF/spring-configuration-metadata.json");

	private static final Path DEFAULTS = Path.of("target/classes/flowforge-observability-defaults.properties");

	private static final Path DECISIONS = Path.of("../docs/decisions");

	private static final Pattern DECISION = Pattern.compile("decision (\\d{4})");

	private static final Pattern NAME = Pattern.compile("@\\w+|[A-Za-z][\\w/-]*(\\.[a-z][\\w-]+)+");

	/**
	 * The pages of the reference that say more about a group or a property.
	 */
	private static final Map<String, String> PAGES = Map.ofEntries(Map.entry("alerts", "alerts.md"),
			Map.entry("alerts.exclude-routes", "metrics.md#requests-that-count"),
			Map.entry("alerts.slack-channel", "routing.md"), Map.entry("health", "health.md"),
			Map.entry("logging", "log-records.md"), Map.entry("logging.console", "console.md"),
			Map.entry("logging.export", "log-records.md"), Map.entry("logging.record", "log-records.md"),
			Map.entry("logging.record.mdc", "log-records.md"), Map.entry("otlp", "otlp.md"),
			Map.entry("redaction", "redaction.md"), Map.entry("resource", "resource.md"),
			Map.entry("service", "resource.md"), Map.entry("tracing", "spans.md"),
			Map.entry("tracing.tail-sampling", "tracing.md#tail-sampling"),
			Map.entry("unknown-properties", "settings.md#properties"), Map.entry("web", "tracing.md#trace-headers"),
			Map.entry("web.access-log", "access-log.md"));

	private PropertyReference() {
	}

	static String generate() throws IOException {
		return """
				<!-- Written by "make docs", from the Javadoc of the library's properties and the comments on its defaults: change those, not this file. -->

				# Properties

				The properties of the library and the defaults it gives to Spring Boot's. [Settings of a service](settings.md) says what applies to all of them.

				## Properties of the library

				All start with `flowforge.observability.`, except those at the end, which are written in full: Spring Boot has them for every endpoint.

				| property | type | default | what |
				|---|---|---|---|
				%s
				## Renamed properties

				The old names work in this version, and a warning at the start names the new ones.

				| old name | new name |
				|---|---|
				%s
				## Defaults for Spring Boot's properties

				| property | our default | why |
				|---|---|---|
				%s"""
			.formatted(ownProperties(), renamedProperties(), defaults());
	}

	/**
	 * The list of names and types that the library reads at the start.
	 * @return the content of the file
	 * @throws IOException if the metadata cannot be read
	 */
	static String knownProperties() throws IOException {
		return "# Written by \"make docs\": the properties of this library that exist.\n"
				+ properties().filter((property) -> fullName(property).startsWith(PREFIX))
					.map((property) -> fullName(property) + "=" + property.get("type") + "\n")
					.sorted()
					.collect(Collectors.joining());
	}

	/**
	 * The names of all properties.
	 * @return the full names
	 * @throws IOException if the metadata cannot be read
	 */
	static List<String> names() throws IOException {
		return properties().map(PropertyReference::fullName).toList();
	}

	private static Stream<Map<?, ?>> properties() throws IOException {
		Map<String, Object> metadata = JsonParserFactory.getJsonParser().parseMap(Files.readString(METADATA));
		return ((List<?>) metadata.get("properties")).stream().map((property) -> (Map<?, ?>) property);
	}

	private static String ownProperties() throws IOException {
		return properties().filter((property) -> !property.containsKey("deprecation"))
			.sorted(Comparator.<Map<?, ?>, Boolean>comparing((property) -> !fullName(property).startsWith(PREFIX))
				.thenComparing((property) -> group(name(property)))
				.thenComparing(PropertyReference::name))
			.map(PropertyReference::row)
			.collect(Collectors.joining());
	}

	private static String renamedProperties() throws IOException {
		return properties()
			.filter((property) -> property.get("deprecation") instanceof Map<?, ?> deprecation
					&& deprecation.containsKey("replacement"))
			.map((property) -> row(code(Stream.of(name(property))),
					code(Stream.of(shortName(((Map<?, ?>) property.get("deprecation")).get("replacement"))))))
			.collect(Collectors.joining());
	}

	private static String row(Map<?, ?> property) {
		String[] description = property.get("description").toString().split("Default: ");
		Object value = property.get("defaultValue");
		return row(link(name(property)), type(name(property), property.get("type").toString()),
				(value != null) ? code(elements(value)) : prose(description[1].replaceFirst("\\.$", "")),
				prose(sentence(description[0])));
	}

	private static String name(Map<?, ?> property) {
		return shortName(fullName(property));
	}

	private static String fullName(Map<?, ?> property) {
		return property.get("name").toString();
	}

	// Properties of Spring Boot's for our endpoint have a prefix of their own.
	private static String shortName(Object name) {
		return name.toString().startsWith(PREFIX) ? name.toString().substring(PREFIX.length()) : name.toString();
	}

	private static String group(String name) {
		return name.substring(0, Math.max(name.lastIndexOf('.'), 0));
	}

	private static String link(String name) {
		String page = PAGES.getOrDefault(name, PAGES.get(group(name)));
		return (page != null) ? "[`%s`](%s)".formatted(name, page) : code(Stream.of(name));
	}

	private static String type(String name, String type) {
		if (name.endsWith("-ratio") || name.endsWith("-objective")) {
			return "share";
		}
		if (name.endsWith(".endpoint")) {
			return "URL";
		}
		return type(type);
	}

	private static String type(String type) {
		if (type.startsWith(LIST)) {
			return "list of " + type(type.substring(LIST.length(), type.length() - 1));
		}
		if (type.startsWith(MAP)) {
			return "map to " + type(type.substring(MAP.length(), type.length() - 1));
		}
		return switch (type) {
			case "java.lang.Boolean", "java.time.Duration" -> StringUtils.unqualify(type).toLowerCase(Locale.ROOT);
			case "java.lang.String" -> "text";
			case "org.springframework.util.unit.DataSize" -> "size";
			case "java.lang.Integer", "java.lang.Long", "java.lang.Double" -> "number";
			default -> choice(ClassUtils.resolveClassName(type, null));
		};
	}

	// A type that is none of these has no name for people yet.
	private static String choice(Class<?> type) {
		return Stream.of(type.getEnumConstants())
			.map((constant) -> "`" + constant.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
			.collect(Collectors.joining(" or "));
	}

	// The metadata has the default of a list as an array or as its text.
	private static Stream<String> elements(Object value) {
		if (value instanceof List<?> list) {
			return list.stream().map(Object::toString);
		}
		String text = value.toString();
		return text.startsWith("[") ? Stream.of(text.substring(1, text.length() - 1).split(", ")) : Stream.of(text);
	}

	// The comment above some properties says why the first has the default it has, and
	// the others have theirs for the same reason.
	private static String defaults() throws IOException {
		StringBuilder rows = new StringBuilder();
		List<String> comment = new ArrayList<>();
		for (String line : Files.readAllLines(DEFAULTS)) {
			if (line.startsWith("#")) {
				comment.add(line.substring(1).trim());
			}
			else if (line.isBlank()) {
				comment.clear();
			}
			else if (!line.startsWith(PREFIX)) {
				String[] property = line.split("=", 2);
				rows.append(row(code(Stream.of(property[0])), code(Stream.of(property[1])),
						linkDecisions(prose(String.join(" ", comment)))));
				comment = new ArrayList<>(List.of("The same."));
			}
		}
		return rows.toString();
	}

	// Names of properties and files, of loggers and annotations.
	private static String prose(String text) {
		return NAME.matcher(text).replaceAll("`$0`");
	}

	private static String linkDecisions(String text) {
		return DECISION.matcher(text)
			.replaceAll((decision) -> "[decision %1$s](../decisions/%2$s)".formatted(decision.group(1),
					decisionFile(decision.group(1))));
	}

	private static String decisionFile(String number) {
		return Stream.of(Objects.requireNonNull(DECISIONS.toFile().list()))
			.filter((file) -> file.startsWith(number))
			.findFirst()
			.orElseThrow();
	}

	private static String row(String... cells) {
		return "| " + Stream.of(cells).map((cell) -> cell.replace("|", "\\|")).collect(Collectors.joining(" | "))
				+ " |\n";
	}

	private static String code(Stream<String> elements) {
		return elements.map((element) -> "`" + element + "`").collect(Collectors.joining(", "));
	}

	private static String sentence(String text) {
		String trimmed = StringUtils.capitalize(text.trim());
		return trimmed.endsWith(".") ? trimmed : trimmed + ".";
	}

}
