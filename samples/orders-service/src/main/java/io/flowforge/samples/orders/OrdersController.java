package io.flowforge.samples.orders;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClientException;
import org.springframework.web.server.ResponseStatusException;

/**
 * Takes orders and shows them.
 */
@RestController
@RequestMapping("/orders")
class OrdersController {

	private static final Logger logger = LoggerFactory.getLogger(OrdersController.class);

	private final Orders orders;

	private final InventoryClient inventory;

	OrdersController(Orders orders, InventoryClient inventory) {
		this.orders = orders;
		this.inventory = inventory;
	}

	@PostMapping
	ResponseEntity<Order> place(@RequestBody NewOrder wanted) {
		if (wanted.sku() == null || !wanted.sku().matches("[A-Za-z0-9-]{1,20}")) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					"sku is missing or not the number of an article, such as A-100.");
		}
		if (wanted.quantity() == null || wanted.quantity() < 1 || wanted.quantity() > 1000) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "quantity is missing or not between 1 and 1000.");
		}
		int available = this.inventory.available(wanted.sku())
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT,
					"There is no article " + wanted.sku() + "."));
		if (available < wanted.quantity()) {
			throw new ResponseStatusException(HttpStatus.CONFLICT,
					"Of " + wanted.sku() + " only " + available + " are in stock.");
		}
		Order order = this.orders.add(wanted.sku(), wanted.quantity());
		logger.info("Order {}: {} of {}", order.id(), order.quantity(), order.sku());
		return ResponseEntity.created(URI.create("/orders/" + order.id())).body(order);
	}

	@GetMapping("/{id}")
	Order show(@PathVariable String id) {
		return this.orders.find(id)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such order."));
	}

	@ExceptionHandler
	ProblemDetail inventoryFails(RestClientException ex) {
		logger.warn("No order taken, the inventory does not answer as it should: {}", ex.getMessage());
		return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE,
				"The inventory cannot be asked now. Please try again later.");
	}

	record NewOrder(@Nullable String sku, @Nullable Integer quantity) {

	}

}
