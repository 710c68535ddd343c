package io.flowforge.observability.export.otlp;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Finds exporters whose receiver's answers are not read, such as one that the service
 * builds itself. What an exporter says of itself names its {@link HttpSenders}.
 */
final class SenderFindings implements Findings {

	private static final String MESSAGE = "The receiver's answers to this exporter are not read: rejected items count as delivered, "
			+ "and with OkHttp's sender so does a redirect to a login page. Let Spring Boot build the exporter, and change it with a bean of type %s.";

	private final ListableBeanFactory beanFactory;

	SenderFindings(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public List<Finding> find() {
		return Stream
			.concat(find(OtlpHttpSpanExporter.class, "OtlpHttpSpanExporterBuilderCustomizer"),
					find(OtlpHttpLogRecordExporter.class, "OtlpHttpLogRecordExporterBuilderCustomizer"))
			.toList();
	}

	private Stream<Finding> find(Class<?> type, String customizer) {
		return this.beanFactory.getBeansOfType(type, true, false)
			.entrySet()
			.stream()
			.filter((bean) -> !bean.getValue().toString().contains(HttpSenders.class.getName()))
			.map(Map.Entry::getKey)
			.map((name) -> new Finding(name, MESSAGE.formatted(customizer)));
	}

}
