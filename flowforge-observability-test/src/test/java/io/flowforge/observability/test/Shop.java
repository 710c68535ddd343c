package io.flowforge.observability.test;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * A service that a team tests. It has an exporter of its own.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(Shop.Orders.class)
class Shop {

	@Bean
	OwnExporter ownExporter() {
		return new OwnExporter();
	}

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

	static class OwnExporter implements SpanExporter {

		private final List<SpanData> spans = new CopyOnWriteArrayList<>();

		@Override
		public CompletableResultCode export(Collection<SpanData> spans) {
			this.spans.addAll(spans);
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode flush() {
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode shutdown() {
			return CompletableResultCode.ofSuccess();
		}

		List<SpanData> spans() {
			return this.spans;
		}

	}

}
