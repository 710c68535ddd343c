package io.flowforge.observability.logging;

import io.flowforge.observability.export.ShutdownBudget;
import io.flowforge.observability.logging.record.LogRecordSettings;
import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;
import io.flowforge.observability.settings.neighbours.UnsupportedSpringBootException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.logging.DeferredLogs;
import org.springframework.boot.support.EnvironmentPostProcessorsFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.ClassUtils;

/**
 * Tells the {@link LogPipeline} when an application starts and ends. The beans of the
 * application would know too late when it starts, and too early when it ends: Spring Boot
 * logs why a start failed after it has destroyed them.
 */
final class LogPipelineListener implements ApplicationListener<SpringApplicationEvent>, Ordered {

	private static final Log logger = LogFactory.getLog(LogPipelineListener.class);

	private static final boolean POSSIBLE = ClassUtils.isPresent("ch.qos.logback.classic.LoggerContext",
			LogPipelineListener.class.getClassLoader())
			&& ClassUtils.isPresent("io.opentelemetry.sdk.logs.SdkLoggerProvider",
					LogPipelineListener.class.getClassLoader())
			&& ClassUtils.isPresent(
					"org.springframework.boot.opentelemetry.autoconfigure.logging.otlp.OtlpLoggingAutoConfiguration",
					LogPipelineListener.class.getClassLoader());

	// Each application has a listener of its own.
	private boolean environmentPrepared;

	@Override
	public void onApplicationEvent(SpringApplicationEvent event) {
		// A build that processes an application ahead of time exports nothing.
		if (!POSSIBLE || Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
			return;
		}
		if (event instanceof ApplicationEnvironmentPreparedEvent prepared) {
			this.environmentPrepared = true;
			starting(prepared.getEnvironment());
		}
		else if (event instanceof ApplicationPreparedEvent prepared) {
			flushAfterLastBean(prepared.getApplicationContext());
		}
		else if (event instanceof ApplicationStartedEvent) {
			// An application that has started without an exporter needs no buffer.
			LogPipeline.INSTANCE.discard();
		}
		else if (event instanceof ApplicationFailedEvent failed && !this.environmentPrepared
				&& !(failed.getException() instanceof UnsupportedSpringBootException)) {
			starting(incompleteEnvironment(failed.getSpringApplication()));
		}
	}

	private static void starting(ConfigurableEnvironment environment) {
		LoggingProperties properties = LoggingProperties.of(environment);
		if (!environment.getProperty(ConditionalOnObservabilityEnabled.PROPERTY, Boolean.class, true)
				|| !properties.export().enabled()) {
			LogPipeline.INSTANCE.discard();
			return;
		}
		ShutdownLogExporter exporter = new ShutdownLogExporter(() -> ExportTarget.describedBy(environment),
				LogRecordSettings.of(environment), new ShutdownBudget());
		LogPipeline.INSTANCE.buffer(properties.startupBuffer(), exporter);
		// Runs when all contexts have closed, and before Spring Boot stops Logback.
		SpringApplication.getShutdownHandlers().add(ShutdownHandler.FLUSH);
	}

	// Not after a failed start: its reason has not been logged yet.
	private static void flushAfterLastBean(ConfigurableApplicationContext application) {
		if (application.getBeanFactory() instanceof DefaultSingletonBeanRegistry registry) {
			// Beans are destroyed in reverse order, and there are none yet.
			registry.registerDisposableBean("flowforgeLogPipelineFlush", () -> {
				if (application.isClosed()) {
					LogPipeline.INSTANCE.flush();
				}
			});
		}
	}

	// What is known of an application whose configuration files cannot be read: system
	// properties, environment variables, and the defaults of libraries.
	private static ConfigurableEnvironment incompleteEnvironment(SpringApplication application) {
		StandardEnvironment environment = new StandardEnvironment();
		ConfigurationPropertySources.attach(environment);
		EnvironmentPostProcessorsFactory.fromSpringFactories(application.getClassLoader())
			.getEnvironmentPostProcessors(new DeferredLogs(), new DefaultBootstrapContext())
			.forEach((processor) -> apply(processor, environment, application));
		return environment;
	}

	// One of them is why there is no complete environment.
	private static void apply(EnvironmentPostProcessor processor, ConfigurableEnvironment environment,
			SpringApplication application) {
		try {
			processor.postProcessEnvironment(environment, application);
		}
		catch (RuntimeException ex) {
			logger.debug("Going on without " + processor, ex);
		}
	}

	@Override
	public int getOrder() {
		return LoggingApplicationListener.DEFAULT_ORDER + 1;
	}

	/**
	 * One object for the JVM: Spring Boot runs it once, however often it is added.
	 */
	private enum ShutdownHandler implements Runnable {

		FLUSH;

		@Override
		public void run() {
			LogPipeline.INSTANCE.flush();
		}

	}

}
