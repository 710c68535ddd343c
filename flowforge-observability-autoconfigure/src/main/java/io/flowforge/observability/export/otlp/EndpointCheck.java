package io.flowforge.observability.export.otlp;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.flowforge.observability.export.http.EndpointUrl;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;

/**
 * {@link BeanFactoryPostProcessor} that refuses an endpoint that no exporter can send to,
 * before anything has been started. With the SDK alone, such an endpoint stops the start
 * with a stack trace, or every export later.
 */
final class EndpointCheck implements BeanFactoryPostProcessor, PriorityOrdered {

	private static final String OURS = "flowforge.observability.otlp.endpoint";

	// What a start that is refused prints goes to the same places as a log.
	private static final Pattern CREDENTIALS = Pattern.compile("^(\\w+://)?.*@");

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		// Where an application is built, the settings of the places where it will run are
		// not known.
		if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
			return;
		}
		Environment environment = beanFactory.getBean(Environment.class);
		// First, because the others follow it.
		check(environment, OURS);
		for (BootEndpoint endpoint : BootEndpoint.ALL) {
			if (endpoint.isUsed(beanFactory)) {
				check(environment, endpoint.property);
			}
		}
	}

	private static void check(Environment environment, String property) {
		String value = value(environment, property);
		if (value != null && EndpointUrl.withoutCredentials(value) == null) {
			throw new InvalidEndpointException(property, "%s is \"%s\" (set in %s).".formatted(property,
					CREDENTIALS.matcher(value).replaceFirst("$1"), origin(environment, property)));
		}
	}

	// A placeholder without a value is refused by Spring Boot.
	private static @Nullable String value(Environment environment, String property) {
		try {
			return environment.getProperty(property);
		}
		catch (PlaceholderResolutionException ex) {
			return null;
		}
	}

	private static String origin(Environment environment, String property) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			ConfigurationProperty found = source.getConfigurationProperty(ConfigurationPropertyName.of(property));
			if (found != null) {
				return Objects.toString(found.getOrigin(), source.toString());
			}
		}
		return "an unknown place";
	}

	/**
	 * A property of Spring Boot.
	 *
	 * @param property its name
	 * @param connectionDetails the bean that reads it, unless there are others, such as
	 * those of a container
	 * @param exporters the beans that send there
	 */
	private record BootEndpoint(String property, String connectionDetails, String... exporters) {

		private static final List<BootEndpoint> ALL = List.of(
				new BootEndpoint("management.opentelemetry.tracing.export.otlp.endpoint",
						"otlpTracingConnectionDetails", "otlpHttpSpanExporter", "otlpGrpcSpanExporter"),
				new BootEndpoint("management.opentelemetry.logging.export.otlp.endpoint",
						"openTelemetryLoggingConnectionDetails", "otlpHttpLogRecordExporter",
						"otlpGrpcLogRecordExporter"));

		boolean isUsed(ConfigurableListableBeanFactory beanFactory) {
			return beanFactory.containsBeanDefinition(this.connectionDetails)
					&& Stream.of(this.exporters).anyMatch(beanFactory::containsBeanDefinition);
		}

	}

}
