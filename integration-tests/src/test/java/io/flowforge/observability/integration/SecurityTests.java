package io.flowforge.observability.integration;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Beside Spring Security, which observes what its filters do.
 */
class SecurityTests {

	private final OtlpReceiver receiver = OtlpReceiver.start();

	@AfterEach
	void stop() {
		this.receiver.close();
	}

	@Test
	void spansOfSecurityBelongToTheirRequest() {
		try (TestService service = start()) {
			service.send("/hello");
			assertThat(service.send("/background").statusCode()).isEqualTo(401);
			service.context().close();
			assertThat(this.receiver.spans()).extracting(Span::getName)
				.contains("http get /hello", "security filterchain before", "authorize request");
			assertThat(roots()).containsExactlyInAnyOrder("http get /hello", "http get");
		}
	}

	@Test
	void requestsToEndpointsAndProbesLeaveNoSpans() {
		try (TestService service = start("management.endpoint.health.probes.add-additional-paths=true")) {
			assertThat(service.send("/actuator/health").statusCode()).isEqualTo(200);
			assertThat(service.send("/livez").statusCode()).isEqualTo(200);
			assertThat(service.send("/actuator/prometheus").statusCode()).isEqualTo(401);
			assertThat(service.send("/actuator/missing").statusCode()).isEqualTo(401);
			service.send("/hello");
			service.context().close();
			assertThat(roots()).containsExactly("http get /hello");
		}
	}

	@Test
	void requestsToAManagementPortOfItsOwnLeaveNoSpans() throws Exception {
		try (TestService service = start("management.server.port=0", "management.server.address=127.0.0.1",
				"management.server.base-path=/internal")) {
			String port = service.context().getEnvironment().getRequiredProperty("local.management.port");
			HttpClient client = HttpClient.newHttpClient();
			for (String path : List.of("/internal/actuator/health", "/internal/actuator/prometheus",
					"/internal/missing")) {
				client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
						HttpResponse.BodyHandlers.ofString());
			}
			service.send("/hello");
			service.context().close();
			assertThat(roots()).containsExactly("http get /hello");
		}
	}

	private TestService start(String... properties) {
		String[] all = new String[properties.length + 1];
		System.arraycopy(properties, 0, all, 1, properties.length);
		all[0] = "flowforge.observability.otlp.endpoint=" + this.receiver.endpoint();
		return TestService.start(new Class<?>[] { Rules.class }, all);
	}

	private List<String> roots() {
		await().until(() -> !this.receiver.spans().isEmpty());
		return this.receiver.spans()
			.stream()
			.filter((span) -> span.getParentSpanId().isEmpty())
			.map(Span::getName)
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	static class Rules {

		@Bean
		SecurityFilterChain filterChain(HttpSecurity http) {
			return http
				.authorizeHttpRequests((requests) -> requests
					.requestMatchers("/hello", "/livez", "/actuator/health", "/internal/actuator/health")
					.permitAll()
					.anyRequest()
					.authenticated())
				.httpBasic(Customizer.withDefaults())
				.build();
		}

		@Bean
		SecurityObservationSettings securityObservations() {
			return SecurityObservationSettings.withDefaults()
				.shouldObserveRequests(true)
				.shouldObserveAuthentications(true)
				.shouldObserveAuthorizations(true)
				.build();
		}

	}

}
