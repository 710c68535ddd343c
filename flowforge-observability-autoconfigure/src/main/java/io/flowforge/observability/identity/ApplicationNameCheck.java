package io.flowforge.observability.identity;

import io.flowforge.observability.ServiceIdentity;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * {@link BeanFactoryPostProcessor} that refuses a service without a name. It runs before
 * other beans are made, so that nothing has been started when it fails.
 */
final class ApplicationNameCheck implements BeanFactoryPostProcessor {

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		// A build does not know the settings of the places where the application will
		// run.
		if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
			return;
		}
		Environment environment = beanFactory.getBean(Environment.class);
		if (!StringUtils.hasText(environment.getProperty(ServiceIdentity.NAME_PROPERTY))) {
			throw new MissingApplicationNameException();
		}
	}

}
