package io.flowforge.samples.faults;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A service with the switch in it.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(FaultyService.Greeting.class)
class FaultyService {

	@RestController
	static class Greeting {

		@GetMapping("/greeting")
		String greet() {
			return "hello";
		}

	}

}
