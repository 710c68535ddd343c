package io.flowforge.observability.logging;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.logging.DeferredLogs;
import org.springframework.boot.support.EnvironmentPostProcessorsFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;

/**
 * What is known of the environment of an application whose configuration files cannot be
 * read: system properties, environment variables, and the defaults of libraries.
 */
final class PartialEnvironment {

	private static final Log logger = LogFactory.getLog(PartialEnvironment.class);

	private PartialEnvironment() {
	}

	static ConfigurableEnvironment of(SpringApplication application) {
		StandardEnvironment environment = new StandardEnvironment();
		ConfigurationPropertySources.attach(environment);
		EnvironmentPostProcessorsFactory.fromSpringFactories(application.getClassLoader())
			.getEnvironmentPostProcessors(new DeferredLogs(), new DefaultBootstrapContext())
			.forEach((processor) -> apply(processor, environment, application));
		return environment;
	}

	// One of them is why there is no complete environment.
	private static void apply(EnvironmentPostProcessor processor, ConfigurableEnvironment environment,
			SpringApplication application) {
		try {
			processor.postProcessEnvironment(environment, application);
		}
		catch (RuntimeException ex) {
			logger.debug("Without " + processor, ex);
		}
	}

}
