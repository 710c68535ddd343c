package io.flowforge.observability.logging;

import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a native image takes along.
 */
class LoggingHintsTests {

	@Test
	void formatterCanBeMadeByItsName() {
		RuntimeHints hints = new RuntimeHints();
		SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
			.load(RuntimeHintsRegistrar.class)
			.forEach((registrar) -> registrar.registerHints(hints, getClass().getClassLoader()));
		assertThat(hints).matches(RuntimeHintsPredicates.reflection()
			.onType(JsonLogFormatter.class)
			.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS));
	}

}
