package io.flowforge.observability.identity;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/**
 * Properties of the resource of spans and log records.
 *
 * @param platformAttributes Whether spans and log records say in which host, container
 * and Kubernetes pod the service runs.
 * @since 0.1.0
 */
@ConfigurationProperties(ResourceProperties.PREFIX)
public record ResourceProperties(@DefaultValue("true") boolean platformAttributes) {

	static final String PREFIX = "flowforge.observability.resource";

	/**
	 * Return the settings of a service. Unusable ones are not refused here: a service
	 * that does not start because of them has to say who it is, too.
	 * @param environment the environment of the service
	 * @return the settings
	 */
	static ResourceProperties of(Environment environment) {
		try {
			return Binder.get(environment).bindOrCreate(PREFIX, ResourceProperties.class);
		}
		catch (BindException ex) {
			return new ResourceProperties(true);
		}
	}

}
