package io.flowforge.observability.settings.invalid;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Says which limit is unusable, what it was set to and where, and what it must be. Comes
 * before Spring Boot's own analyzer, which knows what a value could not be converted to
 * but not what the value is for.
 */
final class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<BindException> implements Ordered {

	private static final String PREFIX = "flowforge.observability.";

	private final Environment environment;

	InvalidSettingFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		InvalidSettingException invalid = findCause(cause, InvalidSettingException.class);
		if (invalid != null) {
			return analysis(invalid.getProperty(), invalid.getRequirement(), cause);
		}
		ConfigurationProperty unreadable = cause.getProperty();
		String name = (unreadable != null) ? unreadable.getName().toString() : "";
		String known = SettingRequirements.of(name);
		String requirement = (known != null) ? known : choice(name, cause);
		return (requirement != null) ? analysis(name, requirement, cause) : null;
	}

	private static @Nullable String choice(String name, BindException cause) {
		Object[] constants = cause.getTarget().getType().resolve(Object.class).getEnumConstants();
		if (constants == null || !name.startsWith(PREFIX)) {
			return null;
		}
		return Stream.of(constants)
			.map((constant) -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
			.collect(Collectors.joining(" or "));
	}

	private FailureAnalysis analysis(String name, String requirement, BindException cause) {
		ConfigurationProperty property = find(name);
		String description = (property != null)
				? "%s is \"%s\" (set in %s).".formatted(name, property.getValue(), property.getOrigin())
				: "%s is unusable.".formatted(name);
		return new FailureAnalysis(description, "Set %s to %s.".formatted(name, requirement), cause);
	}

	private @Nullable ConfigurationProperty find(String name) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty property = source.getConfigurationProperty(ConfigurationPropertyName.of(name));
			if (property != null) {
				return property;
			}
		}
		return null;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
