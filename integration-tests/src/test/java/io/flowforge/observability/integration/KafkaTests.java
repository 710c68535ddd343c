package io.flowforge.observability.integration;

import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.context.EmbeddedKafka;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request goes on in the service that receives its message through Kafka.
 */
@EmbeddedKafka(partitions = 1, topics = KafkaTests.TOPIC)
class KafkaTests {

	static final String TOPIC = "orders";

	@Test
	@SuppressWarnings("try")
	void listenerGoesOnWithTheTrace(EmbeddedKafkaBroker broker) {
		try (OtlpReceiver receiver = OtlpReceiver.start();
				TestService consumer = start(Consumer.class, broker, receiver);
				TestService producer = start(Producer.class, broker, receiver)) {
			ReceivedTrace trace = ReceivedTrace.of(producer.send("/send"), receiver);
			Span request = trace.awaitSpan(Span.SpanKind.SPAN_KIND_SERVER, "/send");
			Span sent = trace.awaitSpan(Span.SpanKind.SPAN_KIND_PRODUCER);
			Span received = trace.awaitSpan(Span.SpanKind.SPAN_KIND_CONSUMER);
			assertThat(sent.getParentSpanId()).isEqualTo(request.getSpanId());
			assertThat(received.getParentSpanId()).isEqualTo(sent.getSpanId());
			assertThat(sent.getName()).isEqualTo("orders send");
			assertThat(sent.toString()).contains("messaging.system", "kafka", "messaging.destination.name", TOPIC);
			assertThat(received.getName()).isEqualTo("orders process");
			assertThat(received.toString()).contains("messaging.system", "kafka", "messaging.kafka.consumer.group");
			assertThat(trace.awaitLine("Received").getSpanId()).isEqualTo(received.getSpanId());
		}
	}

	private static TestService start(Class<?> configuration, EmbeddedKafkaBroker broker, OtlpReceiver receiver) {
		return TestService.start(new Class<?>[] { configuration },
				"flowforge.observability.otlp.endpoint=" + receiver.endpoint(), "without.kafka=",
				"spring.kafka.bootstrap-servers=" + broker.getBrokersAsString(),
				"spring.kafka.consumer.auto-offset-reset=earliest");
	}

	@RestController
	static class Producer {

		private final KafkaTemplate<String, String> template;

		Producer(KafkaTemplate<String, String> template) {
			this.template = template;
		}

		@GetMapping("/send")
		void send() {
			this.template.send(TOPIC, "an order");
		}

	}

	static class Consumer {

		private static final Logger logger = LoggerFactory.getLogger(Consumer.class);

		@KafkaListener(topics = TOPIC, groupId = "consumer")
		void receive(String order) {
			logger.info("Received");
		}

	}

}
