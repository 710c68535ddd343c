package io.flowforge.observability.settings;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * Finds OpenTelemetry's environment variables that are in force: Spring Boot maps them to
 * properties that win over all files. Their values may be secrets and are not shown.
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
		Map<String, List<String>> properties = Stream.of(mapped.getPropertyNames())
			.sorted()
			.collect(
					Collectors.groupingBy((property) -> variable(mapped, property), TreeMap::new, Collectors.toList()));
		return properties.entrySet().stream().map((entry) -> describe(entry.getKey(), entry.getValue())).toList();
	}

	private Finding describe(String variable, List<String> properties) {
		List<String> overridden = properties.stream().filter(this::isOverridden).toList();
		if (overridden.isEmpty()) {
			return new Finding(variable,
					"This environment variable is in force: it sets %s.".formatted(String.join(", ", properties)),
					Finding.Level.INFO);
		}
		return new Finding(variable,
				"This environment variable wins over %s, which the service sets, too. Remove one of the two."
					.formatted(String.join(", ", overridden)));
	}

	// Property sources with a lower precedence follow; the last are this library's
	// defaults.
	private boolean isOverridden(String property) {
		ConfigurationPropertyName name = ConfigurationPropertyName.of(property);
		return this.environment.getPropertySources()
			.stream()
			.dropWhile((source) -> !source.getName().equals(MAPPED))
			.skip(1)
			.filter((source) -> !source.getName().equals(DefaultsEnvironmentPostProcessor.FILE))
			.map(ConfigurationPropertySource::from)
			.anyMatch((source) -> source != null && source.getConfigurationProperty(name) != null);
	}

	// Spring Boot names it in the text of the origin only.
	private static String variable(EnumerablePropertySource<?> mapped, String property) {
		Matcher name = NAME.matcher(Objects.toString(OriginLookup.getOrigin(mapped, property), ""));
		return name.find() ? name.group() : MAPPED;
	}

}
