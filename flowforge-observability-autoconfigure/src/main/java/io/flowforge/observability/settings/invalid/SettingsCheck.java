package io.flowforge.observability.settings.invalid;

import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.env.Environment;

/**
 * {@link BeanFactoryPostProcessor} that refuses properties of this library whose values
 * cannot be used. It runs before other beans are created, so that nothing has been
 * started when it fails.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class SettingsCheck implements BeanFactoryPostProcessor {

	// Spring Boot names the beans of properties classes by their prefix.
	private static final String BEAN_NAME_PREFIX = "flowforge.observability";

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		// Where an application is built, the settings of the places where it will run are
		// not known.
		if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
			return;
		}
		Environment environment = beanFactory.getBean(Environment.class);
		Binder binder = Binder.get(environment);
		Stream.of(beanFactory.getBeanDefinitionNames())
			.filter((name) -> name.startsWith(BEAN_NAME_PREFIX))
			.map(beanFactory::getType)
			.forEach((type) -> bind(binder, type));
	}

	private static void bind(Binder binder, @Nullable Class<?> type) {
		MergedAnnotations.from(Objects.requireNonNull(type))
			.get(ConfigurationProperties.class)
			.getValue("value", String.class)
			.ifPresent((prefix) -> binder.bindOrCreate(prefix, type));
	}

}
