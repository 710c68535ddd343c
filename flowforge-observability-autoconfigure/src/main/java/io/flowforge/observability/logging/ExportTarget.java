package io.flowforge.observability.logging;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.flowforge.observability.ServiceIdentity;
import io.flowforge.observability.export.otlp.OtlpExportConfiguration;
import io.flowforge.observability.identity.ServiceResourceConfiguration;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
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
 * Where the last log lines of an application go, and what they say about it. The caller
 * must close it.
 *
 * @param exporter sends the records
 * @param resource the service they are from
 * @param limits of a record
 */
record ExportTarget(LogRecordExporter exporter, Resource resource, LogLimits limits) implements AutoCloseable {

	/**
	 * Return a target that outlives the application's exporters: those are closed with
	 * their application context.
	 * @param exporters the exporters of the application. Only OTLP exporters can be
	 * copied
	 * @param resource the application's resource
	 * @param limits the application's limits
	 * @return the target, empty if no exporter can be copied
	 */
	static Optional<ExportTarget> copyOf(List<LogRecordExporter> exporters, Resource resource, LogLimits limits) {
		List<LogRecordExporter> copies = exporters.stream().flatMap(ExportTarget::copyOf).toList();
		return copies.isEmpty() ? Optional.empty()
				: Optional.of(new ExportTarget(LogRecordExporter.composite(copies), resource, limits));
	}

	private static Stream<LogRecordExporter> copyOf(LogRecordExporter exporter) {
		if (exporter instanceof OtlpHttpLogRecordExporter http) {
			return Stream.of(http.toBuilder().build());
		}
		return (exporter instanceof OtlpGrpcLogRecordExporter grpc) ? Stream.of(grpc.toBuilder().build())
				: Stream.empty();
	}

	/**
	 * Return the target that properties describe, for an application that has failed
	 * before it had beans: a small application context of Spring Boot's own
	 * auto-configurations, so that endpoint, headers, transport, compression and
	 * certificates are what they would have been.
	 * @param environment the application's environment
	 * @return the target, empty if nothing is exported
	 */
	static Optional<ExportTarget> describedBy(ConfigurableEnvironment environment) {
		// Not closed here: that would close the exporter.
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.setEnvironment(copyOf(environment));
		context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
		context.register(SslAutoConfiguration.class, ProjectInfoAutoConfiguration.class,
				ServiceResourceConfiguration.class, OpenTelemetryLoggingAutoConfiguration.class,
				OtlpLoggingAutoConfiguration.class, OtlpExportConfiguration.class);
		context.refresh();
		LogLimits limits = context.getBeanProvider(LogLimits.class).getIfAvailable();
		return context.getBeanProvider(LogRecordExporter.class)
			.stream()
			.findFirst()
			.filter((exporter) -> limits != null)
			.map((exporter) -> new ExportTarget(exporter, context.getBean(Resource.class), limits));
	}

	private static ConfigurableEnvironment copyOf(ConfigurableEnvironment environment) {
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

	@Override
	public void close() {
		this.exporter.shutdown();
	}

}
