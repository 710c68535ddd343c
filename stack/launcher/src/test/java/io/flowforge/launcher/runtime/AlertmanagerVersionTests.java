package io.flowforge.launcher.runtime;

import io.flowforge.launcher.StackException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which Alertmanager may send to Slack's API, by what each says of itself.
 */
class AlertmanagerVersionTests {

	@ParameterizedTest
	@ValueSource(strings = { "alertmanager, version 0.25.0 (branch: debian/sid, revision: 0.25.0-1+b4)",
			"alertmanager, version 0.9.1 (branch: HEAD, revision: abc)" })
	void oneThatTakesARefusalForADeliveryIsRefused(String output) {
		assertThatExceptionOfType(StackException.class).isThrownBy(() -> AlertmanagerVersion.requireForSlackIn(output))
			.withMessageStartingWith("Alertmanager 0.")
			.withMessageContaining("treats a message that Slack refuses as delivered")
			.withMessageContaining("go install")
			.satisfies((ex) -> assertThat(ex.getMessage()).hasLineCount(1));
	}

	@ParameterizedTest
	@CsvSource({ "0.25.0, false", "0.26.0, false", "0.27.0, true", "0.28.1, true", "1.0.0, true" })
	void countsByReceiverFromSomeVersionOn(String version, boolean expected) {
		assertThat(AlertmanagerVersion.hasReceiverNamesIn("alertmanager, version %s (branch: HEAD)".formatted(version)))
			.isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "alertmanager, version 0.26.0 (branch: HEAD, revision: abc)",
			"alertmanager, version 0.28.1 (branch: , revision: unknown)",
			"alertmanager, version 1.0.0 (branch: HEAD, revision: abc)",
			// From go install.
			"alertmanager, version  (branch: , revision: unknown)" })
	void anyOtherIsTaken(String output) {
		assertThatCode(() -> AlertmanagerVersion.requireForSlackIn(output)).doesNotThrowAnyException();
	}

}
