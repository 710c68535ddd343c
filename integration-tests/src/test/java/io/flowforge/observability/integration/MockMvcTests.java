package io.flowforge.observability.integration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.result.MockMvcResultMatchers;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A user's test with MockMvc, which runs the service's filters on the thread of the test.
 */
@SpringBootTest(classes = MockMvcTests.Application.class, properties = "spring.application.name=mock-mvc")
@AutoConfigureMockMvc
class MockMvcTests {

	@Autowired
	private MockMvc mockMvc;

	@Autowired
	private Controller controller;

	@AfterEach
	void clear() {
		MDC.clear();
	}

	@Test
	void requestThatThrowsLeavesNoIdsToTheNextTest() {
		assertThatException().isThrownBy(() -> this.mockMvc.perform(MockMvcRequestBuilders.get("/fail")));
		assertThat(this.controller.traceId).matches("[0-9a-f]{32}");
		assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
	}

	@Test
	void idsOfTheTestItselfStay() {
		MDC.put("traceId", "of the test");
		assertThatException().isThrownBy(() -> this.mockMvc.perform(MockMvcRequestBuilders.get("/fail")));
		assertThat(MDC.get("traceId")).isEqualTo("of the test");
		assertThat(MDC.get("spanId")).isNull();
	}

	@Test
	void responseHasTheTraceId() throws Exception {
		this.mockMvc.perform(MockMvcRequestBuilders.get("/hello"))
			.andExpect(MockMvcResultMatchers.status().isOk())
			.andExpect(MockMvcResultMatchers.header().exists("X-Trace-Id"));
		assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Controller.class)
	static class Application {

	}

	@RestController
	static class Controller {

		private volatile String traceId = "none";

		@GetMapping("/hello")
		String hello() {
			return "hello";
		}

		@GetMapping("/fail")
		String fail() {
			this.traceId = String.valueOf(MDC.get("traceId"));
			throw new IllegalStateException("This request fails");
		}

	}

}
