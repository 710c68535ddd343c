package io.flowforge.samples.faults;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Gives a service the {@code /faults} switch. Only the profile {@code demo} brings the
 * code that does harm; without it there is an endpoint that says no.
 */
@AutoConfiguration
public final class FaultsAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@Profile("demo")
	static class Demo {

		@Bean
		FaultInjector faultInjector(ApplicationEventPublisher events) {
			return new FaultInjector(events);
		}

		@Bean
		FaultsController faultsController(FaultInjector injector) {
			return new FaultsController(injector);
		}

		@Bean
		UnusualRequestsController unusualRequestsController() {
			return new UnusualRequestsController();
		}

		@Bean
		WebMvcConfigurer faultyEndpoints(FaultInjector injector) {
			return new WebMvcConfigurer() {

				@Override
				public void addInterceptors(InterceptorRegistry registry) {
					// Actuator has handler mappings of its own and is never reached by
					// this.
					registry.addInterceptor(injector).excludePathPatterns("/faults", "/error");
				}

			};
		}

		@Bean
		HealthIndicator faultsHealthIndicator(FaultInjector injector) {
			return () -> {
				Faults faults = injector.current();
				Health.Builder health = faults.failingHealth() ? Health.down()
						: faults.unknownHealth() ? Health.unknown() : Health.up();
				return health.withDetail("reason", "set with POST /faults").build();
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Profile("!demo")
	static class Refused {

		@Bean
		RefusedFaultsController refusedFaultsController() {
			return new RefusedFaultsController();
		}

	}

}
