package io.flowforge.samples.faults;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers every request for {@code /faults} with a refusal.
 */
@RestController
class RefusedFaultsController {

	@RequestMapping("/faults")
	ProblemDetail refuse() {
		return ProblemDetail.forStatusAndDetail(HttpStatus.FORBIDDEN,
				"Faults can be set only when the service runs with the Spring profile 'demo'.");
	}

}
