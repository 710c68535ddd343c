package io.flowforge.observability.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import io.flowforge.observability.Findings;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * A service without code of its own, which prints its metrics and findings, makes a span
 * and a log line, both named {@code probe}, and ends. It needs no optional library.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class ProbedService {

	private static final Log logger = LogFactory.getLog(ProbedService.class);

	/**
	 * Run the service.
	 * @param arguments its properties
	 * @throws Exception if it cannot be asked for its metrics
	 */
	public static void main(String[] arguments) throws Exception {
		try (ConfigurableApplicationContext context = SpringApplication.run(ProbedService.class, arguments)) {
			context.getBeanProvider(ObservationRegistry.class)
				.ifAvailable((registry) -> Observation.createNotStarted("probe", registry)
					.observe(() -> logger.info("probe")));
			context.getBeanProvider(Findings.class)
				.stream()
				.flatMap((findings) -> findings.find().stream())
				.forEach((finding) -> System.out.println("FINDING " + finding.subject() + ": " + finding.message()));
			String port = context.getEnvironment().getProperty("local.server.port");
			if (port != null) {
				System.out.println(get("http://127.0.0.1:" + port + "/actuator/prometheus"));
			}
			System.out.println("PROBED");
		}
	}

	private static String get(String address) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
			.body();
	}

}
