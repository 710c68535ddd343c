package io.flowforge.observability.logging;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.flowforge.observability.ServiceIdentity;
import io.flowforge.observability.identity.ServiceResourceConfiguration;
import io.opentelemetry.sdk.logs.LogLimits;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.resources.Resource;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.info.ProjectInfoAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.opentelemetry.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.logging.otlp.OtlpLoggingAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The export target that properties describe, for an application that has failed before
 * it had beans: a small application context of Spring Boot's own auto-configurations, so
 * that endpoint, headers, transport, compression and certificates are what they would
 * have been.
 */
final class EnvironmentTarget implements Supplier<Optional<ExportTarget>> {

	private final ConfigurableEnvironment environment;

	EnvironmentTarget(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public Optional<ExportTarget> get() {
		// Not closed here: that would close the exporter.
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.setEnvironment(copy(this.environment));
		context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
		context.register(SslAutoConfiguration.class, ProjectInfoAutoConfiguration.class,
				ServiceResourceConfiguration.class, OpenTelemetryLoggingAutoConfiguration.class,
				OtlpLoggingAutoConfiguration.class);
		context.refresh();
		LogLimits limits = context.getBeanProvider(LogLimits.class).getIfAvailable();
		return context.getBeanProvider(LogRecordExporter.class)
			.stream()
			.findFirst()
			.filter((exporter) -> limits != null)
			.map((exporter) -> new ExportTarget(exporter, context.getBean(Resource.class), limits));
	}

	private static ConfigurableEnvironment copy(ConfigurableEnvironment environment) {
		StandardEnvironment copy = new StandardEnvironment();
		copy.getPropertySources().forEach((source) -> copy.getPropertySources().remove(source.getName()));
		environment.getPropertySources().forEach(copy.getPropertySources()::addLast);
		// Having no name may be why the start failed.
		copy.getPropertySources()
			.addLast(new MapPropertySource("withoutName", Map.of(ServiceIdentity.NAME_PROPERTY, "unknown_service")));
		ConfigurationPropertySources.attach(copy);
		copy.setActiveProfiles(environment.getActiveProfiles());
		return copy;
	}

}
