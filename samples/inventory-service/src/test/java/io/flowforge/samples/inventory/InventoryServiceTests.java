package io.flowforge.samples.inventory;

import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * The inventory as its callers see it, on a database of its own.
 */
class InventoryServiceTests {

	@TempDir
	private Path folder;

	private String databaseUrl = "";

	@BeforeEach
	void chooseDatabase() {
		this.databaseUrl = "jdbc:h2:file:" + this.folder.resolve("inventory");
	}

	@Test
	void tellsWhatIsInStock() {
		try (ConfigurableApplicationContext service = start()) {
			client(service).get()
				.uri("/stock/A-200")
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.json("{\"sku\":\"A-200\",\"available\":20}");
			client(service).get().uri("/stock/B-1").exchange().expectStatus().isNotFound();
			client(service).get().uri("/stock/'; drop table stock;--").exchange().expectStatus().isNotFound();
			client(service).get().uri("/stock/A-100").exchange().expectStatus().isOk();
		}
	}

	@Test
	void keepsItsStockOverRestarts() {
		try (ConfigurableApplicationContext service = start()) {
			service.getBean(JdbcClient.class).sql("update stock set available = 7 where sku = 'A-100'").update();
		}
		try (ConfigurableApplicationContext service = start()) {
			client(service).get().uri("/stock/A-100").exchange().expectBody().jsonPath("$.available").isEqualTo(7);
		}
	}

	private ConfigurableApplicationContext start() {
		return SpringApplication.run(InventoryServiceApplication.class, "--server.port=0",
				"--INVENTORY_DB_URL=" + this.databaseUrl);
	}

	private static RestTestClient client(ConfigurableApplicationContext service) {
		String port = service.getEnvironment().getRequiredProperty("local.server.port");
		return RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
	}

}
