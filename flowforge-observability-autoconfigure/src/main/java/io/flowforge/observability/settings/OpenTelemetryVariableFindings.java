package io.flowforge.observability.settings;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;

import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * Finds OpenTelemetry's environment variables that are in force: Spring Boot maps them to
 * properties that win over all files. Their values may be secrets and are not told.
 */
final class OpenTelemetryVariableFindings implements Findings {

	// Where Spring Boot puts what it has mapped.
	private static final String MAPPED = "openTelemetryEnvironmentVariables";

	private static final Pattern NAME = Pattern.compile("OTEL_\\w+");

	private final ConfigurableEnvironment environment;

	OpenTelemetryVariableFindings(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public List<Finding> find() {
		if (!(this.environment.getPropertySources().get(MAPPED) instanceof EnumerablePropertySource<?> mapped)) {
			return List.of();
		}
		Map<String, String> properties = Stream.of(mapped.getPropertyNames())
			.sorted()
			.collect(Collectors.groupingBy((property) -> variable(mapped, property), Collectors.joining(", ")));
		return properties.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.map((entry) -> new Finding(entry.getKey(),
					"This environment variable is in force: it sets %s, and wins over application.yml."
						.formatted(entry.getValue())))
			.toList();
	}

	// Spring Boot tells it in the text of the origin only.
	private static String variable(EnumerablePropertySource<?> mapped, String property) {
		Matcher name = NAME.matcher(Objects.toString(OriginLookup.getOrigin(mapped, property), ""));
		return name.find() ? name.group() : MAPPED;
	}

}
