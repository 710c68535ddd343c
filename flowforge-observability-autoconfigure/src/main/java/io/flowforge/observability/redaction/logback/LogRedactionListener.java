package io.flowforge.observability.redaction.logback;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

import io.flowforge.observability.redaction.SecretKeys;
import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Makes consoles and log files safe as soon as Spring Boot has set them up, long before
 * there are beans.
 */
final class LogRedactionListener implements ApplicationListener<SpringApplicationEvent>, Ordered {

	private static final boolean LOGBACK_PRESENT = ClassUtils.isPresent("ch.qos.logback.classic.LoggerContext",
			LogRedactionListener.class.getClassLoader());

	// All applications of a JVM share Logback: one without this library must not take
	// redaction away from another.
	private static final Set<ConfigurableApplicationContext> applications = Collections
		.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

	@Override
	public void onApplicationEvent(SpringApplicationEvent event) {
		if (!LOGBACK_PRESENT) {
			return;
		}
		if (event instanceof ApplicationEnvironmentPreparedEvent prepared) {
			environmentPrepared(prepared.getEnvironment());
		}
		else if (event instanceof ApplicationPreparedEvent prepared
				&& isEnabled(prepared.getApplicationContext().getEnvironment())) {
			applications.add(prepared.getApplicationContext());
		}
	}

	private static void environmentPrepared(Environment environment) {
		if (isEnabled(environment)) {
			LogRedaction.INSTANCE.apply(SecretKeys.of(environment));
		}
		else if (List.copyOf(applications).stream().anyMatch(ConfigurableApplicationContext::isActive)) {
			LogRedaction.INSTANCE.reapply();
		}
		else {
			LogRedaction.INSTANCE.remove();
		}
	}

	private static boolean isEnabled(Environment environment) {
		return environment.getProperty(ConditionalOnObservabilityEnabled.PROPERTY, Boolean.class, true);
	}

	@Override
	public int getOrder() {
		return LoggingApplicationListener.DEFAULT_ORDER + 1;
	}

}
