package io.flowforge.observability.benchmarks.application;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * One route with a path variable, and two log lines a request.
 */
@RestController
class OrdersController {

	private static final Logger logger = LoggerFactory.getLogger(OrdersController.class);

	@GetMapping("/orders/{number}")
	String order(@PathVariable int number) {
		logger.info("Looking for order {}", number);
		String order = "Order " + number;
		logger.info("Found order {} of customer {}", number, number % 10);
		return order;
	}

}
