package io.flowforge.observability.identity.name;

import java.util.Map;

import io.flowforge.observability.ServiceIdentity;
import io.flowforge.observability.identity.DeclaredAttributes;
import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * {@link EnvironmentPostProcessor} that gives the {@code service.name} of OpenTelemetry,
 * such as that of {@code OTEL_SERVICE_NAME}, to an application that has no name. Metrics,
 * alerts, traces and logs then agree.
 */
final class ServiceNameEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final String SOURCE = "flowforge-observability-service-name";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		boolean enabled = environment.getProperty(ConditionalOnObservabilityEnabled.PROPERTY, Boolean.class, true);
		if (!enabled || StringUtils.hasText(environment.getProperty(ServiceIdentity.NAME_PROPERTY))) {
			return;
		}
		String name = DeclaredAttributes.in(environment).get(DeclaredAttributes.SERVICE_NAME);
		if (StringUtils.hasText(name) && !name.equals(DeclaredAttributes.UNKNOWN_SERVICE)) {
			environment.getPropertySources()
				.addLast(new MapPropertySource(SOURCE, Map.of(ServiceIdentity.NAME_PROPERTY, name)));
		}
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
