package io.flowforge.observability.redaction;

import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Makes consoles and log files safe as soon as Spring Boot has set them up, long before
 * there are beans.
 */
final class LogRedactionListener implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

	private static final boolean LOGBACK_PRESENT = ClassUtils.isPresent("ch.qos.logback.classic.LoggerContext",
			LogRedactionListener.class.getClassLoader());

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		if (!LOGBACK_PRESENT) {
			return;
		}
		Environment environment = event.getEnvironment();
		if (environment.getProperty(ConditionalOnObservabilityEnabled.PROPERTY, Boolean.class, true)) {
			AppenderEncoders.redact(SecretKeys.of(environment));
		}
		else {
			// An earlier application of this JVM may have left its own.
			AppenderEncoders.restore();
		}
	}

	@Override
	public int getOrder() {
		return LoggingApplicationListener.DEFAULT_ORDER + 1;
	}

}
