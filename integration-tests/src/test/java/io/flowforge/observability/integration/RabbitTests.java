package io.flowforge.observability.integration;

import java.util.List;

import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.amqp.rabbit.annotation.Queue;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.config.DirectRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.boot.amqp.autoconfigure.DirectRabbitListenerContainerFactoryConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request goes on in the service that receives its message through RabbitMQ.
 */
class RabbitTests {

	@Test
	@SuppressWarnings("try")
	void listenerGoesOnWithTheTrace() throws Exception {
		try (AmqpBroker broker = AmqpBroker.start();
				OtlpReceiver receiver = OtlpReceiver.start();
				TestService consumer = start(Consumer.class, broker, receiver);
				TestService producer = start(Producer.class, broker, receiver)) {
			for (String queue : List.of("simple", "direct")) {
				ReceivedTrace trace = ReceivedTrace.of(producer.send("/send?queue=" + queue), receiver);
				Span request = trace.awaitSpan(Span.SpanKind.SPAN_KIND_SERVER, "/send");
				Span sent = trace.awaitSpan(Span.SpanKind.SPAN_KIND_PRODUCER);
				Span received = trace.awaitSpan(Span.SpanKind.SPAN_KIND_CONSUMER);
				assertThat(sent.getParentSpanId()).isEqualTo(request.getSpanId());
				assertThat(received.getParentSpanId()).isEqualTo(sent.getSpanId());
				assertThat(sent.toString()).contains("messaging.rabbitmq.destination.routing_key", queue);
				assertThat(received.getName()).isEqualTo(queue + " receive");
				assertThat(received.toString()).contains("messaging.destination.name", queue);
				assertThat(trace.awaitLine("Received by the %s container".formatted(queue)).getSpanId())
					.isEqualTo(received.getSpanId());
			}
		}
	}

	private static TestService start(Class<?> configuration, AmqpBroker broker, OtlpReceiver receiver) {
		return TestService.start(new Class<?>[] { configuration },
				"flowforge.observability.otlp.endpoint=" + receiver.endpoint(), "without.rabbit=",
				"spring.rabbitmq.host=127.0.0.1", "spring.rabbitmq.port=" + broker.port());
	}

	@RestController
	static class Producer {

		private final RabbitTemplate template;

		Producer(RabbitTemplate template) {
			this.template = template;
		}

		@GetMapping("/send")
		void send(@RequestParam String queue) {
			this.template.convertAndSend(queue, "an order");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Consumer {

		private static final Logger logger = LoggerFactory.getLogger(Consumer.class);

		// Spring Boot makes one factory: that of the simple container.
		@Bean
		static DirectRabbitListenerContainerFactory directContainerFactory(
				DirectRabbitListenerContainerFactoryConfigurer configurer, ConnectionFactory connectionFactory) {
			DirectRabbitListenerContainerFactory factory = new DirectRabbitListenerContainerFactory();
			configurer.configure(factory, connectionFactory);
			return factory;
		}

		@RabbitListener(queuesToDeclare = @Queue("simple"))
		void receiveInSimpleContainer(String order) {
			logger.info("Received by the simple container");
		}

		@RabbitListener(queuesToDeclare = @Queue("direct"), containerFactory = "directContainerFactory")
		void receiveInDirectContainer(String order) {
			logger.info("Received by the direct container");
		}

	}

}
