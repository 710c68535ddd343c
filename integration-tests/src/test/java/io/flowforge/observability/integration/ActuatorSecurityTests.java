package io.flowforge.observability.integration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.flowforge.observability.testing.TestService;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The lines of {@code docs/how-to/spring-security.md} open the metrics of a service with
 * Spring Security, and nothing else.
 */
class ActuatorSecurityTests {

	private static final Path SOURCE = Path
		.of("src/test/java/io/flowforge/observability/integration/ActuatorSecurity.java");

	private static final Pattern JAVA = Pattern.compile("(?s)```java\n(.*?)```");

	private static final List<String> CLOSED = List.of("/hello", "/actuator", "/actuator/observability",
			"/actuator/prometheus-other", "/actuator/env", "/");

	@Test
	void theLinesOfThePageAreTheseLines() throws IOException {
		Matcher java = JAVA.matcher(Files.readString(Path.of("../docs/how-to/spring-security.md")));
		assertThat(java.find()).isTrue();
		String source = Files.readString(SOURCE);
		assertThat(java.group(1)).isEqualTo(source.substring(source.indexOf("\nimport ") + 1).replace("\t", "    "));
	}

	@Test
	void withoutThemAScrapeIsRefused() {
		try (TestService service = start(new Class<?>[0])) {
			assertThat(service.send("/actuator/prometheus").statusCode()).isEqualTo(401);
			assertClosed(service);
		}
	}

	@Test
	void withThemOnlyMetricsAndHealthAreOpen() {
		try (TestService service = start(new Class<?>[] { ActuatorSecurity.class })) {
			assertThat(service.scrape()).contains("flowforge_service_info{");
			assertThat(service.send("/actuator/health").statusCode()).isEqualTo(200);
			assertClosed(service);
			assertThat(service.send("/hello", signedIn()).body()).isEqualTo("hello");
		}
	}

	@Test
	void onAManagementPortToo() {
		try (TestService service = start(new Class<?>[] { ActuatorSecurity.class }, "management.server.port=0",
				"management.server.address=127.0.0.1")) {
			assertThat(service.sendToManagementPort("/actuator/prometheus").body()).contains("flowforge_service_info{");
			assertThat(service.sendToManagementPort("/actuator/health").statusCode()).isEqualTo(200);
			assertThat(service.sendToManagementPort("/actuator/observability").statusCode()).isEqualTo(401);
			assertThat(service.send("/hello").statusCode()).isEqualTo(401);
		}
	}

	@Test
	void theFirstBeanIsEnoughBesideAChainOfTheServicesOwn() {
		try (TestService service = start(new Class<?>[] { FirstBean.class, OwnChain.class })) {
			assertThat(service.scrape()).contains("flowforge_service_info{");
			assertThat(service.send("/hello").body()).isEqualTo("hello");
			assertThat(service.send("/actuator/observability").statusCode()).isEqualTo(403);
		}
	}

	@Test
	void theFirstBeanAloneOpensEverything() {
		try (TestService service = start(new Class<?>[] { FirstBean.class })) {
			assertThat(service.send("/hello").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void aLoginFormAloneAnswersAScrapeWithARedirect() {
		try (TestService service = start(new Class<?>[] { LoginForm.class })) {
			assertThat(service.send("/actuator/prometheus").statusCode()).isEqualTo(302);
		}
	}

	@Test
	void bothBesideAChainOfTheServicesOwnStopTheStart() {
		assertThatThrownBy(() -> start(new Class<?>[] { ActuatorSecurity.class, OwnChain.class }).close())
			.hasStackTraceContaining("A filter chain that matches any request");
	}

	@Test
	void aScrapeThatLogsInNeedsNoneOfThem() {
		try (TestService service = start(new Class<?>[0])) {
			assertThat(service.send("/actuator/prometheus", signedIn()).body()).contains("flowforge_service_info{");
		}
	}

	private static void assertClosed(TestService service) {
		assertThat(CLOSED).allSatisfy((path) -> assertThat(service.send(path).statusCode()).as(path).isEqualTo(401));
	}

	private static TestService start(Class<?>[] configuration, String... properties) {
		return TestService.start(configuration,
				Stream
					.concat(Arrays.stream(properties),
							Stream.of("without.security=", "management.endpoints.web.exposure.include=*",
									"spring.security.user.name=prometheus", "spring.security.user.password=secret"))
					.toArray(String[]::new));
	}

	private static String[] signedIn() {
		return new String[] { "Authorization",
				"Basic " + Base64.getEncoder().encodeToString("prometheus:secret".getBytes(StandardCharsets.UTF_8)) };
	}

	/**
	 * The lines without the second bean.
	 */
	@Configuration(proxyBeanMethods = false)
	static class FirstBean {

		@Bean
		@Order(1)
		SecurityFilterChain metricsAndHealthAreOpen(HttpSecurity http) {
			return new ActuatorSecurity().metricsAndHealthAreOpen(http);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LoginForm {

		@Bean
		SecurityFilterChain loginForm(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.formLogin(Customizer.withDefaults())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnChain {

		@Bean
		SecurityFilterChain ownChain(HttpSecurity http) {
			return http
				.authorizeHttpRequests(
						(requests) -> requests.requestMatchers("/hello").permitAll().anyRequest().denyAll())
				.build();
		}

	}

}
