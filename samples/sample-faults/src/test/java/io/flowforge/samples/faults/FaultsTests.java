package io.flowforge.samples.faults;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a service shows when its faults are set with the profile {@code demo}.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = "management.endpoint.health.show-components=always")
@ActiveProfiles("demo")
class FaultsTests {

	private final RestTestClient client;

	private final MeterRegistry metrics;

	FaultsTests(@LocalServerPort int port, @Autowired MeterRegistry metrics) {
		this.client = RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
		this.metrics = metrics;
	}

	@AfterEach
	void heal() {
		this.client.delete().uri("/faults").exchange().expectStatus().isOk();
	}

	@Test
	void aServiceWithoutFaultsWorks() {
		this.client.get()
			.uri("/faults")
			.exchange()
			.expectBody()
			.json("{\"errorRatio\":0.0,\"latency\":\"0s\",\"failingHealth\":false}");
		assertThat(greetings(5)).containsOnly(200);
		assertThat(health()).isEqualTo(200);
	}

	@Test
	void everyFifthRequestFailsWhenTheErrorRatioIsTwentyPercent() {
		set("{\"errorRatio\":0.2}");
		assertThat(greetings(10)).containsExactly(200, 200, 200, 200, 500, 200, 200, 200, 200, 500);
	}

	@Test
	void everyRequestFailsWhenTheErrorRatioIsOne() {
		set("{\"errorRatio\":1}");
		assertThat(greetings(3)).containsOnly(500);
	}

	@Test
	void failuresAreCountedUnderTheirRouteAndException() {
		set("{\"errorRatio\":1}");
		greetings(1);
		await().untilAsserted(() -> assertThat(this.metrics.get("http.server.requests")
			.tags("uri", "/greeting", "status", "500", "exception", "InjectedFaultException")
			.timer()
			.count()).isPositive());
	}

	@Test
	void requestsTakeLongerByTheLatency() {
		set("{\"latency\":\"250ms\"}");
		long start = System.nanoTime();
		assertThat(greetings(1)).containsOnly(200);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(250));
	}

	@Test
	void theHealthComponentIsDown() {
		set("{\"failingHealth\":true}");
		assertThat(health()).isEqualTo(503);
		assertThat(greetings(2)).containsOnly(200);
	}

	@Test
	void theHealthComponentIsUnknown() {
		set("{\"unknownHealth\":true}");
		assertThat(health()).isEqualTo(200);
		this.client.get()
			.uri("/actuator/health/faults")
			.exchange()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("UNKNOWN");
	}

	@Test
	void aDrainingServiceIsNotReadyAndAnswers() {
		set("{\"draining\":true}");
		this.client.get().uri("/actuator/health/readiness").exchange().expectStatus().isEqualTo(503);
		assertThat(greetings(2)).containsOnly(200);
		heal();
		this.client.get().uri("/actuator/health/readiness").exchange().expectStatus().isOk();
	}

	@Test
	void streamsAndAsynchronousTimeOuts() {
		this.client.get()
			.uri("/unusual/stream?length=100ms")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.isEqualTo("data:first\n\ndata:last\n\n");
		this.client.get().uri("/unusual/timeout").exchange().expectStatus().isEqualTo(503);
	}

	@Test
	void actuatorAndTheSwitchItselfNeverFail() {
		set("{\"errorRatio\":1}");
		assertThat(health()).isEqualTo(200);
		this.client.get().uri("/faults").exchange().expectStatus().isOk();
	}

	@Test
	void healsEverything() {
		set("{\"errorRatio\":1,\"latency\":\"30s\",\"failingHealth\":true}");
		heal();
		assertThat(greetings(5)).containsOnly(200);
		assertThat(health()).isEqualTo(200);
	}

	@Test
	void whatIsAbsentIsNoFault() {
		set("{\"errorRatio\":1}");
		set("{\"failingHealth\":true}");
		assertThat(greetings(2)).containsOnly(200);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"errorRatio":1.1}              | errorRatio is 1.1: use 0 to 1.
			{"errorRatio":-0.1}             | errorRatio is -0.1: use 0 to 1.
			{"errorRatio":"NaN"}            | errorRatio is NaN: use 0 to 1.
			{"latency":"31s"}               | latency is PT31S: use 0s to 30s.
			{"latency":"-1s"}               | latency is PT-1S: use 0s to 30s.
			{"latency":"99999999999999999999s"} | is not a valid
			{"latency":"soon"}              | 'soon' is not a valid duration
			{"latency":3}                   | latency needs a unit, such as 3s.
			{"errorRate":0.2}               | There is no fault 'errorRate'
			{"failingHealth":"maybe"}       | Cannot read this
			{"errorRatio":0.2} trailing     | Cannot read this
			[]                              | Cannot read this
			null                            | There is nothing to set
			""")
	void refusesNonsenseWithOneSentence(String json, String sentence) {
		this.client.post()
			.uri("/faults")
			.contentType(MediaType.APPLICATION_JSON)
			.body(json)
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.detail")
			.value(String.class, (detail) -> assertThat(detail).contains(sentence));
		assertThat(greetings(2)).containsOnly(200);
	}

	private void set(String faults) {
		this.client.post()
			.uri("/faults")
			.contentType(MediaType.APPLICATION_JSON)
			.body(faults)
			.exchange()
			.expectStatus()
			.isOk();
	}

	private List<Integer> greetings(int count) {
		return IntStream.range(0, count).mapToObj((i) -> status("/greeting")).toList();
	}

	private int health() {
		return status("/actuator/health");
	}

	private int status(String path) {
		return this.client.get().uri(path).exchange().returnResult().getStatus().value();
	}

}
