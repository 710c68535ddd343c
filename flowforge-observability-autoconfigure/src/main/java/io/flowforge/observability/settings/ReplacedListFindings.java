package io.flowforge.observability.settings;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * Finds lists that have taken the place of our defaults and miss some of them: Spring
 * Boot replaces a list where somebody may have meant to add to it.
 */
final class ReplacedListFindings implements Findings {

	private static final List<String> LISTS = List.of("management.endpoints.web.exposure.include",
			"management.metrics.observations.ignored-meters");

	private final ConfigurableEnvironment environment;

	ReplacedListFindings(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public List<Finding> find() {
		return LISTS.stream().map(this::find).filter(Objects::nonNull).toList();
	}

	private @Nullable Finding find(String name) {
		PropertySource<?> defaults = this.environment.getPropertySources().get(DefaultsEnvironmentPostProcessor.FILE);
		Object ours = (defaults != null) ? defaults.getProperty(name) : null;
		if (ours == null) {
			return null;
		}
		List<String> effective = Binder.get(this.environment)
			.bind(name, Bindable.listOf(String.class))
			.orElse(List.of());
		List<String> missing = Stream.of(ours.toString().split(","))
			.filter((element) -> !effective.contains(element) && !effective.contains("*"))
			.toList();
		return missing.isEmpty() ? null
				: new Finding(name,
						"A list of your own replaces our default (%s), and has no %s. Add it if that was not meant."
							.formatted(ours, String.join(", ", missing)));
	}

}
