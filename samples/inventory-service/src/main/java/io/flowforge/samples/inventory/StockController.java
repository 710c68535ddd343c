package io.flowforge.samples.inventory;

import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Answers how much there is of an article.
 */
@RestController
class StockController {

	private final JdbcClient database;

	StockController(JdbcClient database) {
		this.database = database;
	}

	@GetMapping("/stock/{sku}")
	Stock stock(@PathVariable String sku) {
		return this.database.sql("select sku, available from stock where sku = :sku")
			.param("sku", sku)
			.query(Stock.class)
			.optional()
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no article " + sku + "."));
	}

}
