package io.flowforge.samples.orders;

import java.io.IOException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
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
@ExtendWith(OutputCaptureExtension.class)
class OrdersServiceTests {

	private static StandInInventory inventory;

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
	void takesAnOrderAndShowsIt(CapturedOutput output) {
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
		assertThat(output).containsOnlyOnce("5 of A-100");
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
	void answersUnavailableWhenTheInventoryDoesNotAnswerAsItShould(String sku, CapturedOutput output) {
		order("{\"sku\":\"" + sku + "\",\"quantity\":1}").expectStatus()
			.isEqualTo(503)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("The inventory cannot be asked now. Please try again later.");
		assertThat(output).contains("WARN").contains("No order taken").doesNotContain("\tat ");
	}

	@Test
	void knowsNoOrderThatWasNotTaken() {
		this.client.get().uri("/orders/1").exchange().expectStatus().isNotFound();
	}

	private ResponseSpec order(String json) {
		return this.client.post().uri("/orders").contentType(MediaType.APPLICATION_JSON).body(json).exchange();
	}

}
