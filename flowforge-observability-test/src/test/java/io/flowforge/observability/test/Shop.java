package io.flowforge.observability.test;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * A service that a team tests.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(Shop.Orders.class)
class Shop {

	@RestController
	static class Orders {

		private static final Logger logger = LoggerFactory.getLogger(Orders.class);

		private final ObservationRegistry observations;

		private final MeterRegistry meters;

		Orders(ObservationRegistry observations, MeterRegistry meters) {
			this.observations = observations;
			this.meters = meters;
		}

		@GetMapping("/orders/{id}")
		String show(@PathVariable String id) {
			this.meters.counter("orders.shown", "kind", "plain").increment();
			Observation.createNotStarted("find order", this.observations)
				.observe(() -> logger.atInfo().addKeyValue("order", id).log("Order {} is shown", id));
			return id;
		}

		@GetMapping("/broken/{id}")
		String fail(@PathVariable String id) {
			logger.error("Order {} cannot be read: http://stock/orders?token=sesame", id);
			throw new IllegalStateException("The shelf is empty");
		}

	}

}
