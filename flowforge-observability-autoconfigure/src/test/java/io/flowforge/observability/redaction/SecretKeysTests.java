package io.flowforge.observability.redaction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SecretKeys}.
 */
class SecretKeysTests {

	private final SecretKeys secretKeys = SecretKeys.of(new MockEnvironment());

	@ParameterizedTest
	@ValueSource(
			strings = { "authorization", "Authorization", "Proxy-Authorization", "http.request.header.authorization",
					"cookie", "Set-Cookie", "password", "PASSWORD", "db_password", "token", "csrfToken", "access-token",
					"client_secret", "api-key", "X-Api-Key", "apiKey", "API_KEY", "api key", "api.key" })
	void keyThatLooksLikeASecret(String key) {
		assertThat(this.secretKeys.matches(key)).isTrue();
		assertThat(this.secretKeys.matches(key)).as("asked again").isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "customer", "traceId", "spanId", "trace_id", "traceparent", "thread.name", "http.url",
			"http.route", "http.request.method", "http.response.status_code", "user_agent.name", "exception.message",
			"exception.stacktrace", "code.function.name", "key", "api", "spring.security.authorization.decision" })
	void keyThatDoesNot(String key) {
		assertThat(this.secretKeys.matches(key)).isFalse();
		assertThat(this.secretKeys.matches(key)).as("asked again").isFalse();
	}

	@Test
	void wordsOfTheUserReplaceTheDefault() {
		SecretKeys own = secretKeys("iban, Card-Number");
		assertThat(own.matches("customer.iban")).isTrue();
		assertThat(own.matches("cardNumber")).isTrue();
		assertThat(own.matches("password")).isFalse();
	}

	@Test
	void withoutWordsNoKeyIsSecret() {
		assertThat(secretKeys("").matches("password")).isFalse();
	}

	@Test
	void keysWithoutEndAreToldApartToo() {
		for (int key = 0; key < 5000; key++) {
			assertThat(this.secretKeys.matches("token-" + key)).isTrue();
			assertThat(this.secretKeys.matches("header-" + key)).isFalse();
		}
	}

	private static SecretKeys secretKeys(String words) {
		return SecretKeys.of(new MockEnvironment().withProperty("flowforge.observability.redaction.keys", words));
	}

}
