package io.flowforge.observability.settings.unknown;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * {@link BeanFactoryPostProcessor} that refuses unknown properties: a misspelt limit
 * would otherwise leave the default in force without a word, and be noticed when the
 * alert does not come. It runs before other beans are made, so that nothing has been
 * started when it fails.
 */
final class UnknownPropertyCheck implements BeanFactoryPostProcessor {

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		Environment environment = beanFactory.getBean(Environment.class);
		if (UnknownPropertyMode.of(environment) == UnknownPropertyMode.FAIL) {
			UnknownProperty.findIn(environment).stream().findFirst().ifPresent((unknown) -> {
				throw new UnknownPropertyException(unknown);
			});
		}
	}

}
