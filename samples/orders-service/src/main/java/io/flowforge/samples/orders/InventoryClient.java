package io.flowforge.samples.orders;

import java.util.Optional;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/**
 * Asks the inventory what is in stock.
 */
@Component
class InventoryClient {

	private final RestClient inventory;

	// Boot's builder, not RestClient.create(): only its requests are observed, and
	// carry the trace on.
	InventoryClient(RestClient.Builder builder, @Value("${orders.inventory-url}") String url) {
		this.inventory = builder.baseUrl(url).build();
	}

	/**
	 * Number of available pieces.
	 * @param sku number of the article
	 * @return pieces, or empty if there is no such article
	 * @throws org.springframework.web.client.RestClientException if the inventory does
	 * not give a usable answer in time
	 */
	Optional<Integer> available(String sku) {
		try {
			return Optional.ofNullable(this.inventory.get().uri("/stock/{sku}", sku).retrieve().body(Stock.class))
				.map(Stock::available);
		}
		catch (HttpClientErrorException.NotFound ex) {
			return Optional.empty();
		}
	}

	private record Stock(int available) {

	}

}
