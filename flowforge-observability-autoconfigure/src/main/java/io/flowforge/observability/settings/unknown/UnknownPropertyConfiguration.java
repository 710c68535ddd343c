package io.flowforge.observability.settings.unknown;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Configuration that refuses or finds properties that do not exist.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
@Configuration(proxyBeanMethods = false)
public class UnknownPropertyConfiguration {

	@Bean
	static UnknownPropertyCheck flowforgeUnknownPropertyCheck() {
		return new UnknownPropertyCheck();
	}

	@Bean
	UnknownPropertyFindings flowforgeUnknownPropertyFindings(Environment environment) {
		return new UnknownPropertyFindings(environment);
	}

	@Bean
	MisspeltPrefixFindings flowforgeMisspeltPrefixFindings(Environment environment) {
		return new MisspeltPrefixFindings(environment);
	}

}
