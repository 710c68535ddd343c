package io.flowforge.observability.logging;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;

/**
 * Holds an application's events from the moment Spring Boot has set logging up, and sees
 * to it that those of a start that fails are exported before the JVM leaves. Listeners
 * and beans would be too early for that: Spring Boot says why a start failed after it has
 * told the former and destroyed the latter.
 */
final class LogExportListener implements ApplicationListener<SpringApplicationEvent>, Ordered {

	private static final boolean POSSIBLE = ClassUtils.isPresent("ch.qos.logback.classic.LoggerContext",
			LogExportListener.class.getClassLoader())
			&& ClassUtils.isPresent("io.opentelemetry.sdk.logs.SdkLoggerProvider",
					LogExportListener.class.getClassLoader())
			&& ClassUtils.isPresent(
					"org.springframework.boot.opentelemetry.autoconfigure.logging.otlp.OtlpLoggingAutoConfiguration",
					LogExportListener.class.getClassLoader());

	// Each application has a listener of its own.
	private boolean environmentPrepared;

	@Override
	public void onApplicationEvent(SpringApplicationEvent event) {
		// A build that processes an application ahead of time has nothing to tell.
		if (!POSSIBLE || Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
			return;
		}
		if (event instanceof ApplicationEnvironmentPreparedEvent prepared) {
			this.environmentPrepared = true;
			EarlyLogExport.open(prepared.getEnvironment());
		}
		else if (event instanceof ApplicationPreparedEvent prepared) {
			EarlyLogExport.closeAfter(prepared.getApplicationContext());
		}
		else if (event instanceof ApplicationStartedEvent) {
			EarlyLogExport.giveUp();
		}
		else if (event instanceof ApplicationFailedEvent failed && !this.environmentPrepared) {
			EarlyLogExport.open(PartialEnvironment.of(failed.getSpringApplication()));
		}
	}

	@Override
	public int getOrder() {
		return LoggingApplicationListener.DEFAULT_ORDER + 1;
	}

}
