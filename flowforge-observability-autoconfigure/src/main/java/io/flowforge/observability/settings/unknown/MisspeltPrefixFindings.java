package io.flowforge.observability.settings.unknown;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * Finds properties whose prefix is almost that of this library, such as
 * {@code flowforge.observabilty}. They are not refused, because they may belong to
 * somebody else. Environment variables are looked at as well.
 */
final class MisspeltPrefixFindings implements Findings {

	private static final ConfigurationPropertyName PREFIX = UnknownProperty.PREFIX;

	private static final int MAXIMUM_DISTANCE = 3;

	private final Environment environment;

	MisspeltPrefixFindings(Environment environment) {
		this.environment = environment;
	}

	@Override
	public List<Finding> find() {
		List<Finding> findings = new ArrayList<>();
		Set<ConfigurationPropertyName> seen = new HashSet<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream()
					.filter((name) -> !PREFIX.isAncestorOf(name) && isMisspelt(name))
					.filter(seen::add)
					.forEach((name) -> findings.add(finding(iterable, name)));
			}
		}
		return findings;
	}

	// The dot may be missing, too: flowforge-observability.
	private static boolean isMisspelt(ConfigurationPropertyName name) {
		return (name.getNumberOfElements() > 1 && isClose(name.getElement(0, Form.UNIFORM)))
				|| (name.getNumberOfElements() > 2
						&& isClose(name.getElement(0, Form.UNIFORM) + "." + name.getElement(1, Form.UNIFORM)));
	}

	private static boolean isClose(String prefix) {
		return Math.abs(prefix.length() - PREFIX.toString().length()) <= MAXIMUM_DISTANCE
				&& ClosestName.distance(prefix, PREFIX.toString()) <= MAXIMUM_DISTANCE;
	}

	private static Finding finding(ConfigurationPropertySource source, ConfigurationPropertyName name) {
		// Some names of environment variables do not lead back to the variable.
		ConfigurationProperty property = source.getConfigurationProperty(name);
		return new Finding(name.toString(),
				"This property (set in %s) has no effect: the prefix of FlowForge Observability is %s. Correct the prefix."
					.formatted((property != null) ? property.getOrigin() : "an unknown place", PREFIX));
	}

}
