package io.flowforge.observability.logging;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.opentelemetry.autoconfigure.logging.otlp.OtlpLoggingConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A service whose start fails as its arguments say. For a JVM of its own.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(
		excludeName = "org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration")
public class CrashingService {

	private static final Logger logger = LoggerFactory.getLogger(CrashingService.class);

	public static void main(String[] args) {
		SpringApplication.run(CrashingService.class, args);
	}

	@Bean
	@ConditionalOnProperty(name = "crash", havingValue = "bean")
	String broken() {
		logger.atWarn().addKeyValue("shelf", 17).log("The warehouse smells of smoke");
		throw new IllegalStateException("The warehouse is on fire");
	}

	// Before there are beans, and so before there is an exporter.
	@Bean
	@ConditionalOnProperty(name = "crash", havingValue = "waiting")
	static BeanFactoryPostProcessor waiting() {
		return (beanFactory) -> {
			logger.info("The argument has {}", new WaitsForAnotherThread());
			logger.atInfo().addKeyValue("waiting", new WaitsForAnotherThread()).log("A pair");
		};
	}

	@Bean
	@ConditionalOnProperty(name = "crash", havingValue = "waiting")
	String brokenAfterWaiting() {
		throw new IllegalStateException("The wait is over");
	}

	@Bean
	@ConditionalOnProperty("crash.logs-url")
	OtlpLoggingConnectionDetails connectionDetails(@Value("${crash.logs-url}") String url) {
		return (transport) -> url;
	}

	@Bean
	@ConditionalOnProperty(name = "crash", havingValue = "missing")
	Runnable needy(Comparable<Thread> missing) {
		return () -> {
		};
	}

	@Bean
	@ConditionalOnProperty(name = "crash", havingValue = "runner")
	ApplicationRunner runner() {
		return (arguments) -> {
			throw new IllegalStateException("The first delivery is late");
		};
	}

	// As an object that asks a database, whose pool has threads that log.
	private static final class WaitsForAnotherThread {

		@Override
		public String toString() {
			Thread other = new Thread(() -> logger.info("Another thread logs"));
			other.start();
			try {
				other.join(3000);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return other.isAlive() ? "waited in vain" : "been served";
		}

	}

}
