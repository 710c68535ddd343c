package io.flowforge.observability.integration;

import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * A service that others call, and that answers with the trace context it was sent.
 */
@RestController
class CalledService {

	private static final Logger logger = LoggerFactory.getLogger(CalledService.class);

	static TestService start(OtlpReceiver receiver) {
		return TestService.start(new Class<?>[] { CalledService.class },
				"flowforge.observability.otlp.endpoint=" + receiver.endpoint());
	}

	static String url(TestService service) {
		return "http://127.0.0.1:" + service.context().getEnvironment().getRequiredProperty("local.server.port");
	}

	@GetMapping("/called")
	String called(@RequestHeader(defaultValue = "none") String traceparent) {
		logger.info("Called");
		return traceparent;
	}

}
