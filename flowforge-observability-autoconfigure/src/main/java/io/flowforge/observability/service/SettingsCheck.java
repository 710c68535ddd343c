package io.flowforge.observability.service;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Refuses a service without a name or with limits outside their ranges. Runs before other
 * beans are made, so that nothing has been started when it fails.
 */
final class SettingsCheck implements BeanFactoryPostProcessor {

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		Environment environment = beanFactory.getBean(Environment.class);
		if (!StringUtils.hasText(environment.getProperty(ServiceIdentity.NAME_PROPERTY))) {
			throw new MissingApplicationNameException();
		}
		Binder.get(environment).bindOrCreate(AlertsProperties.PREFIX, AlertsProperties.class);
	}

}
