package io.flowforge.observability.settings.neighbours;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;

import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Refuses to start with a version of Spring Boot that lacks what this library needs. It
 * runs before other classes of this library, which would fail with a missing class or
 * method.
 */
final class SpringBootVersionCheck implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

	private static final Pattern MAJOR_AND_MINOR = Pattern.compile("(\\d+)\\.(\\d+)\\..*");

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		String version = SpringBootVersion.getVersion();
		if (!isSupported(version) && event.getEnvironment()
			.getProperty(ConditionalOnObservabilityEnabled.PROPERTY, Boolean.class, true)) {
			throw new UnsupportedSpringBootException(version);
		}
	}

	// Later versions are given the benefit of the doubt.
	static boolean isSupported(String version) {
		Matcher matcher = MAJOR_AND_MINOR.matcher(version);
		if (!matcher.matches()) {
			return true;
		}
		int major = Integer.parseInt(matcher.group(1));
		int minor = Integer.parseInt(matcher.group(2));
		return major > 4 || (major == 4 && minor >= 1);
	}

	// Before the listeners of this library that follow the set-up of logging.
	@Override
	public int getOrder() {
		return LoggingApplicationListener.DEFAULT_ORDER - 1;
	}

}
