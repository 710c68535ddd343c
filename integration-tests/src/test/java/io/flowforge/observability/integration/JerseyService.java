package io.flowforge.observability.integration;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.glassfish.jersey.server.ResourceConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The same service as {@link NeighbourService}, with Jersey.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class JerseyService {

	/**
	 * Run the service.
	 * @param arguments its properties
	 * @throws Exception if it cannot send requests
	 */
	public static void main(String[] arguments) throws Exception {
		NeighbourService.run(JerseyService.class, arguments);
	}

	@Bean
	ResourceConfig resourceConfig() {
		return new ResourceConfig(Resource.class);
	}

	/**
	 * The service's resource.
	 */
	@Path("/")
	public static class Resource {

		private static final Logger logger = LoggerFactory.getLogger(Resource.class);

		/**
		 * Answer.
		 * @return a greeting
		 */
		@GET
		@Path("hello")
		public String hello() {
			logger.info("Hello");
			return "hello";
		}

		/**
		 * Fail.
		 * @return nothing
		 */
		@GET
		@Path("fail")
		public String fail() {
			throw new IllegalStateException("This request fails");
		}

	}

}
