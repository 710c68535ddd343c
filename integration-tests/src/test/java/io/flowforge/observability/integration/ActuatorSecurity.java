package io.flowforge.observability.integration;

import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

@Configuration(proxyBeanMethods = false)
class ActuatorSecurity {

	@Bean
	@Order(1)
	SecurityFilterChain metricsAndHealthAreOpen(HttpSecurity http) {
		return http.securityMatcher(EndpointRequest.to("prometheus", "health"))
			.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.build();
	}

	// Leave this one out if the service has a SecurityFilterChain for its other requests.
	// If it has none, keep this: Spring Boot's own is gone as soon as there is another.
	@Bean
	SecurityFilterChain everythingElseNeedsALogin(HttpSecurity http) {
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
			.formLogin(Customizer.withDefaults())
			.httpBasic(Customizer.withDefaults())
			.build();
	}

}
