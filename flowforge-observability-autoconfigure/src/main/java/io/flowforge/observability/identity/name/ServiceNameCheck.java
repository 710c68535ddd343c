package io.flowforge.observability.identity.name;

import io.flowforge.observability.ServiceIdentity;
import io.flowforge.observability.identity.DeclaredAttributes;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * {@link BeanFactoryPostProcessor} that refuses a service without a name, or with two. It
 * runs before other beans are made, so that nothing has been started when it fails.
 */
final class ServiceNameCheck implements BeanFactoryPostProcessor {

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		// A build does not know the settings of the places where the application will
		// run.
		if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
			return;
		}
		Environment environment = beanFactory.getBean(Environment.class);
		String application = environment.getProperty(ServiceIdentity.NAME_PROPERTY);
		if (!StringUtils.hasText(application)) {
			throw ServiceNameException.missing();
		}
		String declared = DeclaredAttributes.in(environment).getOrDefault(DeclaredAttributes.SERVICE_NAME, application);
		if (!declared.equals(application)) {
			throw ServiceNameException.conflicting(application, declared,
					DeclaredAttributes.originOfServiceName(environment));
		}
	}

}
