package io.flowforge.observability.logging;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
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

}
