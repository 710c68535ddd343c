package io.flowforge.samples.inbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;

import org.apache.catalina.connector.Connector;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes traces and logs on a port of their own and drops them, in a stack without a
 * Collector: services that send them there would otherwise report that they are lost,
 * which is right and helps nobody on such a machine.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("inbox.otlp.port")
class OtlpDrain {

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> otlpConnector(@Value("${inbox.otlp.port}") int port,
			@Value("${server.address}") InetAddress address) {
		return (factory) -> {
			Connector connector = new Connector();
			connector.setPort(port);
			connector.setProperty("address", address.getHostAddress());
			factory.addAdditionalConnectors(connector);
		};
	}

	/**
	 * Answers as a Collector does that has taken everything: an empty message of Protobuf
	 * is no byte long.
	 *
	 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp-response">OTLP
	 * over HTTP</a>
	 */
	@RestController
	@ConditionalOnProperty("inbox.otlp.port")
	static class DrainController {

		@PostMapping(path = { "/v1/traces", "/v1/logs", "/v1/metrics" }, produces = "application/x-protobuf")
		byte[] take(InputStream body) throws IOException {
			body.transferTo(OutputStream.nullOutputStream());
			return new byte[0];
		}

	}

}
