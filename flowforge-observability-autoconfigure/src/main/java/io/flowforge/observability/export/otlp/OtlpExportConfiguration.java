package io.flowforge.observability.export.otlp;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpGrpcSpanExporterBuilderCustomizer;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpHttpSpanExporterBuilderCustomizer;
import org.springframework.boot.opentelemetry.autoconfigure.logging.otlp.OtlpGrpcLogRecordExporterBuilderCustomizer;
import org.springframework.boot.opentelemetry.autoconfigure.logging.otlp.OtlpHttpLogRecordExporterBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Configuration for Spring Boot's OTLP exporters. The customizers come first: those of
 * the service may change everything again.
 * <p>
 * Internal: public only for the other packages of this library.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(OtlpHttpSpanExporter.class)
public class OtlpExportConfiguration {

	private static final String TRACING = "management.opentelemetry.tracing.export.otlp.";

	private static final String LOGGING = "management.opentelemetry.logging.export.otlp.";

	private final ComponentLoader classPath = ComponentLoader
		.forClassLoader(OtlpHttpSpanExporter.class.getClassLoader());

	@Bean
	static EndpointCheck flowforgeEndpointCheck() {
		return new EndpointCheck();
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	OtlpHttpSpanExporterBuilderCustomizer flowforgeOtlpHttpSpanExporterBuilderCustomizer(Environment environment) {
		HttpSenders senders = httpSenders(environment, TRACING);
		return (builder) -> builder.setComponentLoader(senders);
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	OtlpGrpcSpanExporterBuilderCustomizer flowforgeOtlpGrpcSpanExporterBuilderCustomizer() {
		return (builder) -> builder.setComponentLoader(new GrpcSenders(this.classPath, TRACING + "transport"));
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	OtlpHttpLogRecordExporterBuilderCustomizer flowforgeOtlpHttpLogRecordExporterBuilderCustomizer(
			Environment environment) {
		HttpSenders senders = httpSenders(environment, LOGGING);
		return (builder) -> builder.setComponentLoader(senders);
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	OtlpGrpcLogRecordExporterBuilderCustomizer flowforgeOtlpGrpcLogRecordExporterBuilderCustomizer() {
		return (builder) -> builder.setComponentLoader(new GrpcSenders(this.classPath, LOGGING + "transport"));
	}

	// A property about compression is a choice of the service.
	private HttpSenders httpSenders(Environment environment, String prefix) {
		return new HttpSenders(this.classPath, environment.getProperty(HttpSenders.CHOSEN_PROPERTY),
				!environment.containsProperty(prefix + "compression"));
	}

	@Bean
	SenderFindings flowforgeSenderFindings(ListableBeanFactory beanFactory) {
		return new SenderFindings(beanFactory);
	}

}
