package io.flowforge.observability.settings;

import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a native image takes along.
 */
class SettingsHintsTests {

	@Test
	void filesThatAreReadAtRuntime() {
		RuntimeHints hints = new RuntimeHints();
		SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
			.load(RuntimeHintsRegistrar.class)
			.forEach((registrar) -> registrar.registerHints(hints, getClass().getClassLoader()));
		assertThat(hints).matches(RuntimeHintsPredicates.resource().forResource(DefaultsEnvironmentPostProcessor.FILE))
			.matches(RuntimeHintsPredicates.resource().forResource("flowforge-observability-known.properties"))
			.matches(RuntimeHintsPredicates.resource().forResource("flowforge-observability-version.properties"));
	}

}
