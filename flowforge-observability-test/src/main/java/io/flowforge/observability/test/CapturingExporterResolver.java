package io.flowforge.observability.test;

import java.util.Set;

import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;

import org.springframework.beans.factory.config.BeanDefinitionHolder;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.context.annotation.ContextAnnotationAutowireCandidateResolver;

/**
 * Gives processors, which want whatever exporters there are, those that capture and no
 * others. Exporters of Spring Boot could be turned off by properties, those of a
 * service's own could not. A bean that wants a certain class gets it as ever.
 */
final class CapturingExporterResolver extends ContextAnnotationAutowireCandidateResolver {

	private static final Set<Class<?>> TYPES = Set.of(SpanExporter.class, LogRecordExporter.class);

	private final Set<String> capturing;

	/**
	 * Create a resolver.
	 * @param capturing the names of the exporters that capture
	 */
	CapturingExporterResolver(Set<String> capturing) {
		this.capturing = capturing;
	}

	@Override
	public boolean isAutowireCandidate(BeanDefinitionHolder bean, DependencyDescriptor dependency) {
		boolean replaced = TYPES.contains(dependency.getDependencyType())
				&& !this.capturing.contains(bean.getBeanName());
		return !replaced && super.isAutowireCandidate(bean, dependency);
	}

}
