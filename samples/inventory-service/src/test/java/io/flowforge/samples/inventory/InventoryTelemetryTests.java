package io.flowforge.samples.inventory;

import io.flowforge.observability.test.AutoConfigureTelemetryCapture;
import io.flowforge.observability.test.CapturedTelemetry;
import io.opentelemetry.api.trace.StatusCode;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The inventory as those on call see it.
 */
@SpringBootTest(properties = "INVENTORY_DB_URL=jdbc:h2:mem:telemetry")
@AutoConfigureMockMvc
@AutoConfigureTelemetryCapture
class InventoryTelemetryTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	void anUnknownArticleIsNoFailure(@Autowired CapturedTelemetry telemetry) {
		assertThat(this.mvc.get().uri("/stock/B-1")).hasStatus(404);
		assertThat(telemetry).hasSpan("GET /stock/{sku}")
			.withStatus(StatusCode.UNSET)
			.withAttribute("http.response.status_code", 404);
	}

	@Test
	@DirtiesContext
	void aMissingTableIs(@Autowired CapturedTelemetry telemetry, @Autowired JdbcClient database) {
		database.sql("drop table stock").update();
		assertThat(this.mvc.get().uri("/stock/A-100")).hasFailed();
		assertThat(telemetry).hasSpan("GET /stock/{sku}").withStatus(StatusCode.ERROR);
	}

}
