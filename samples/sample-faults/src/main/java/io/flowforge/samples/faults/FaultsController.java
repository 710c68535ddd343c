package io.flowforge.samples.faults;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.util.Assert;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows, sets and heals the faults of this service.
 */
@RestController
@RequestMapping("/faults")
class FaultsController {

	private static final Logger logger = LoggerFactory.getLogger(FaultsController.class);

	// Stricter than the application's own mapper: a misspelt fault must not look like
	// none.
	private final JsonMapper mapper = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private final FaultInjector injector;

	FaultsController(FaultInjector injector) {
		this.injector = injector;
	}

	@GetMapping
	FaultsJson show() {
		return FaultsJson.of(this.injector.current());
	}

	@PostMapping
	FaultsJson set(@RequestBody String json) {
		FaultsJson wanted = this.mapper.readValue(json, FaultsJson.class);
		Assert.notNull(wanted, "There is nothing to set in null: heal with DELETE /faults.");
		Faults faults = wanted.toFaults();
		this.injector.set(faults);
		logger.warn("Faults set: {}", faults);
		return show();
	}

	@DeleteMapping
	FaultsJson heal() {
		this.injector.set(Faults.NONE);
		logger.info("Faults removed");
		return show();
	}

	@ExceptionHandler
	ProblemDetail unknown(UnrecognizedPropertyException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, "There is no fault '" + ex.getPropertyName()
				+ "': use errorRatio, latency, failingHealth, unknownHealth or draining.");
	}

	@ExceptionHandler
	ProblemDetail unreadable(JacksonException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST,
				"Cannot read this: send JSON like {\"errorRatio\":0.2,\"latency\":\"3s\",\"failingHealth\":true}.");
	}

	@ExceptionHandler
	ProblemDetail outOfRange(IllegalArgumentException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, ex.getMessage());
	}

	/**
	 * The faults as people write them; what is absent is no fault.
	 */
	record FaultsJson(@Nullable Double errorRatio, @Nullable String latency, @Nullable Boolean failingHealth,
			@Nullable Boolean unknownHealth, @Nullable Boolean draining) {

		static FaultsJson of(Faults faults) {
			boolean wholeSeconds = faults.latency().toMillisPart() == 0;
			return new FaultsJson(faults.errorRatio(),
					DurationStyle.SIMPLE.print(faults.latency(), wholeSeconds ? ChronoUnit.SECONDS : ChronoUnit.MILLIS),
					faults.failingHealth(), faults.unknownHealth(), faults.draining());
		}

		Faults toFaults() {
			return new Faults((this.errorRatio != null) ? this.errorRatio : 0,
					(this.latency != null) ? parse(this.latency) : Duration.ZERO,
					Boolean.TRUE.equals(this.failingHealth), Boolean.TRUE.equals(this.unknownHealth),
					Boolean.TRUE.equals(this.draining));
		}

		private static Duration parse(String latency) {
			Assert.isTrue(!latency.matches("\\d+"), "latency needs a unit, such as 3s.");
			return DurationStyle.detectAndParse(latency);
		}

	}

}
