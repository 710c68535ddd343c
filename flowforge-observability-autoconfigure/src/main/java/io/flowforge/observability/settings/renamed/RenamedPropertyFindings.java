package io.flowforge.observability.settings.renamed;

import java.util.List;
import java.util.Objects;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/**
 * Finds properties of this library that are set by their old names.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class RenamedPropertyFindings implements Findings {

	private final Environment environment;

	RenamedPropertyFindings(Environment environment) {
		this.environment = environment;
	}

	@Override
	public List<Finding> find() {
		return RenamedProperties.NAMES.entrySet()
			.stream()
			.map((entry) -> find(entry.getKey(), entry.getValue()))
			.filter(Objects::nonNull)
			.toList();
	}

	private @Nullable Finding find(String oldName, String newName) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty property = source.getConfigurationProperty(ConfigurationPropertyName.of(oldName));
			if (property != null) {
				return new Finding(oldName,
						"This property (set in %s) was renamed to %s. The old name works in this version only: use the new one."
							.formatted(property.getOrigin(), newName));
			}
		}
		return null;
	}

}
