package io.flowforge.samples.orders;

import java.io.IOException;

import io.flowforge.observability.test.AutoConfigureTelemetryCapture;
import io.flowforge.observability.test.CapturedTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The order service as its customers see it.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "spring.http.clients.read-timeout=300ms")
@AutoConfigureTelemetryCapture
class OrdersServiceTests {

	private static StandInInventory inventory;

	@Autowired
	private CapturedTelemetry telemetry;

	private final RestTestClient client;

	OrdersServiceTests(@LocalServerPort int port) {
		this.client = RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
	}

	@DynamicPropertySource
	static void inventoryUrl(DynamicPropertyRegistry registry) throws IOException {
		inventory = new StandInInventory();
		registry.add("INVENTORY_URL", inventory::url);
	}

	@AfterAll
	static void stopInventory() {
		inventory.close();
	}

	@Test
	void takesAnOrderAndShowsIt() {
		String location = order("{\"sku\":\"A-100\",\"quantity\":5}").expectStatus()
			.isCreated()
			.expectBody()
			.returnResult()
			.getResponseHeaders()
			.getFirst("Location");
		this.client.get()
			.uri(location)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.json("{\"sku\":\"A-100\",\"quantity\":5}");
		assertThat(this.telemetry).hasLogRecord("5 of A-100").withSeverity(Severity.INFO).inTraceOf("POST /orders");
	}

	@Test
	void refusesMoreThanIsInStock() {
		order("{\"sku\":\"A-100\",\"quantity\":6}").expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("Of A-100 only 5 are in stock.");
	}

	@Test
	void refusesAnUnknownArticle() {
		order("{\"sku\":\"UNKNOWN\",\"quantity\":1}").expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("There is no article UNKNOWN.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"quantity":1}                      | sku is missing
			{"sku":"../faults","quantity":1}    | sku is missing or not the number
			{"sku":"A-100"}                     | quantity is missing
			{"sku":"A-100","quantity":0}        | not between 1 and 1000
			{"sku":"A-100","quantity":1001}     | not between 1 and 1000
			{"sku":                             | Failed to read request
			""")
	void refusesNonsenseWithOneSentence(String json, String sentence) {
		order(json).expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.detail")
			.value(String.class, (detail) -> assertThat(detail).contains(sentence));
	}

	@ParameterizedTest
	@ValueSource(strings = { "FAILS", "HANGS", "GARBAGE", "EMPTY" })
	void answersUnavailableWhenTheInventoryDoesNotAnswerAsItShould(String sku) {
		order("{\"sku\":\"" + sku + "\",\"quantity\":1}").expectStatus()
			.isEqualTo(503)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("The inventory cannot be asked now. Please try again later.");
		assertThat(this.telemetry).hasLogRecord("No order taken").withSeverity(Severity.WARN).inTraceOf("POST /orders");
		assertThat(this.telemetry.logRecords()).noneMatch(OrdersServiceTests::hasStackTrace);
	}

	@Test
	void aFailingInventoryIsSeenInTraceLogAndMetrics() {
		order("{\"sku\":\"FAILS\",\"quantity\":1}").expectStatus().isEqualTo(503);
		assertThat(this.telemetry).hasSpan("POST /orders")
			.withStatus(StatusCode.ERROR)
			.withAttribute("http.response.status_code", 503)
			.withChild("GET /stock/{sku}");
		assertThat(this.telemetry).hasLogRecord("No order taken").withSeverity(Severity.WARN).inTraceOf("POST /orders");
		assertThat(this.telemetry).hasMetric("flowforge_http_requests_total").withTag("failed", "true").withValue(1);
	}

	@Test
	void knowsNoOrderThatWasNotTaken() {
		this.client.get().uri("/orders/1").exchange().expectStatus().isNotFound();
	}

	private static boolean hasStackTrace(LogRecordData logRecord) {
		return logRecord.getAttributes().get(AttributeKey.stringKey("exception.stacktrace")) != null;
	}

	private ResponseSpec order(String json) {
		return this.client.post().uri("/orders").contentType(MediaType.APPLICATION_JSON).body(json).exchange();
	}

}
