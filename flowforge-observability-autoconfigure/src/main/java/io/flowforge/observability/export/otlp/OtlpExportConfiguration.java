package io.flowforge.observability.export.otlp;

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

/**
 * Configuration for Spring Boot's OTLP exporters. The customizers come first: those of
 * the service may change everything again.
 * <p>
 * Internal: public only for the other packages of this library.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(OtlpHttpSpanExporter.class)
public class OtlpExportConfiguration {

	private final OtlpSenders senders = new OtlpSenders();

	@Bean
	static EndpointCheck flowforgeEndpointCheck() {
		return new EndpointCheck();
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	OtlpHttpSpanExporterBuilderCustomizer flowforgeOtlpHttpSpanExporterBuilderCustomizer() {
		return (builder) -> builder.setComponentLoader(this.senders);
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	OtlpGrpcSpanExporterBuilderCustomizer flowforgeOtlpGrpcSpanExporterBuilderCustomizer() {
		return (builder) -> builder.setComponentLoader(this.senders);
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	OtlpHttpLogRecordExporterBuilderCustomizer flowforgeOtlpHttpLogRecordExporterBuilderCustomizer() {
		return (builder) -> builder.setComponentLoader(this.senders);
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	OtlpGrpcLogRecordExporterBuilderCustomizer flowforgeOtlpGrpcLogRecordExporterBuilderCustomizer() {
		return (builder) -> builder.setComponentLoader(this.senders);
	}

	@Bean
	SenderFindings flowforgeSenderFindings(ListableBeanFactory beanFactory) {
		return new SenderFindings(beanFactory);
	}

}
