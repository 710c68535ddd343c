package io.flowforge.observability.tracing;

import io.micrometer.context.ContextSnapshot;
import reactor.core.publisher.Hooks;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Does what {@code spring.reactor.context-propagation} says where Spring Boot's module
 * for Reactor is missing. A servlet service has Reactor without that module when it has
 * Kotlin's coroutines: Spring invokes suspending functions through a reactive type, and
 * gives them the trace of the request only if Reactor does the same for its operators.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ Hooks.class, ContextSnapshot.class })
@ConditionalOnMissingClass("org.springframework.boot.reactor.autoconfigure.ReactorAutoConfiguration")
@ConditionalOnProperty(name = "spring.reactor.context-propagation", havingValue = "auto")
class ReactorContextPropagationConfiguration {

	@Bean
	@Lazy(false)
	SmartInitializingSingleton flowforgeReactorContextPropagation() {
		return Hooks::enableAutomaticContextPropagation;
	}

}
