package io.flowforge.observability.benchmarks.application;

import java.io.IOException;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The application that all variants of the comparison run.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class Application {

	/**
	 * Start the application.
	 * @param arguments its properties
	 * @throws IOException if the port of the meter is taken
	 */
	public static void main(String[] arguments) throws IOException {
		Meter.start(Integer.getInteger("meter.port"));
		SpringApplication.run(Application.class, arguments);
	}

}
