package io.flowforge.samples.faults;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * A service that does not run with the profile {@code demo} cannot be harmed.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class FaultsWithoutDemoTests {

	private final RestTestClient client;

	FaultsWithoutDemoTests(@LocalServerPort int port) {
		this.client = RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST", "DELETE" })
	void isRefused(String method) {
		this.client.method(HttpMethod.valueOf(method))
			.uri("/faults")
			.contentType(MediaType.APPLICATION_JSON)
			.body("{\"errorRatio\":1}")
			.exchange()
			.expectStatus()
			.isForbidden()
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("Faults can be set only when the service runs with the Spring profile 'demo'.");
	}

	@Test
	void requestsWork() {
		this.client.post().uri("/faults").contentType(MediaType.APPLICATION_JSON).body("{\"errorRatio\":1}").exchange();
		this.client.get().uri("/greeting").exchange().expectStatus().isOk();
	}

}
