package io.flowforge.launcher.settings;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

import io.flowforge.launcher.StackException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SettingsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					FLOWFORGE_RUNTIME          | pods          | must be containers or processes.
					FLOWFORGE_PROFILE          | haa           | must be ha or slim.
					FLOWFORGE_DATA             | relative/path | must be an absolute path of a folder.
					FLOWFORGE_CONTAINER_USER   | the user      | must be a user, such as 1000:1000.
					FLOWFORGE_COLLECTOR        | true          | must be yes or no.
					FLOWFORGE_COLLECTOR_CONFIG | ../other.yaml | must be the name of a YAML file.
					FLOWFORGE_LOKI             | off           | must be yes or no.
					FLOWFORGE_TEMPO            | 1             | must be yes or no.
					FLOWFORGE_GRAFANA          | YES           | must be yes or no.
					FLOWFORGE_NOTIFY           | pigeon        | must be none, slack, email or slack-email.
					FLOWFORGE_GRAFANA_URL      | grafana:3000  | must be an http or https URL, such as https://grafana.example.com.
					FLOWFORGE_RUNBOOKS_URL     | docs/runbooks | must be an http or https URL, such as https://wiki.example.com/runbooks.
					""")
	void refusesWrongValueInOneSentence(String variable, String value, String sentence) {
		assertThatExceptionOfType(StackException.class).isThrownBy(() -> Settings.of(Map.of(variable, value)))
			.withMessage("%s=%s %s", variable, value, sentence);
	}

	static Stream<Setting> ports() {
		return Arrays.stream(Setting.values()).filter(Setting::isPort);
	}

	@ParameterizedTest
	@MethodSource("ports")
	void portMustBeOne(Setting port) {
		for (String value : new String[] { "abc", "0", "65536", "-1", "80 80", "1e3", "٣٠٠٠" }) {
			assertThatExceptionOfType(StackException.class)
				.isThrownBy(() -> Settings.of(Map.of(port.variable(), value)))
				.withMessage("%s=%s must be a port, which is a number from 1 to 65535.", port.variable(), value);
		}
		assertThat(Settings.of(Map.of(port.variable(), "65535")).port(port)).isEqualTo(65535);
	}

	@ParameterizedTest
	@EnumSource
	void refusesSecondLine(Setting setting) {
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> Settings.of(Map.of(setting.variable(), "yes\nno")))
			.withMessageStartingWith(setting.variable() + "=yes must be ")
			.satisfies((ex) -> assertThat(ex.getMessage().lines()).hasSize(1));
	}

	@ParameterizedTest
	@EnumSource
	void emptyIsAsIfNotSet(Setting setting) {
		Settings settings = Settings.of(Map.of(setting.variable(), ""));
		assertThat(settings.isSet(setting)).isFalse();
		assertThat(settings.get(setting)).isEqualTo(setting.standard());
	}

	@Test
	void namesEveryProblemOnALineOfItsOwn() {
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(
					() -> Settings.of(Map.of("FLOWFORGE_ORDERS_PORT", "abc", "FLOWFORGE_PROFIL", "ha", "PATH", "/bin")))
			.withMessage("""
					FLOWFORGE_ORDERS_PORT=abc must be a port, which is a number from 1 to 65535.
					FLOWFORGE_PROFIL is not a setting of the stack. Did you mean FLOWFORGE_PROFILE?""");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					FLOWFORGE_ORDER_PORT         | FLOWFORGE_ORDER_PORT is not a setting of the stack. Did you mean FLOWFORGE_ORDERS_PORT?
					FLOWFORGE_SLACK_URL_FILE     | FLOWFORGE_SLACK_URL_FILE is not a setting of the stack. Did you mean FLOWFORGE_SLACK_API_URL_FILE?
					FLOWFORGE_FAVOURITE_COLOUR   | FLOWFORGE_FAVOURITE_COLOUR is not a setting of the stack. docs/reference/stack-settings.md lists all of them.
					COLLECTOR_TRACE_ENDPOINT     | COLLECTOR_TRACE_ENDPOINT is not a setting of the Collector. Did you mean COLLECTOR_TRACES_ENDPOINT?
					""")
	void namesMisspeltVariable(String variable, String sentence) {
		assertThatExceptionOfType(StackException.class).isThrownBy(() -> Settings.of(Map.of(variable, "x")))
			.withMessage(sentence);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "FLOWFORGE_OBSERVABILITY_SERVICE_TEAM", "COLLECTOR_OF_STAMPS", "FLOWFORGER", "ORDERS_PORT" })
	void leavesVariablesOfOthersAlone(String variable) {
		assertThat(Settings.of(Map.of(variable, "x")).toEnvironment()).isEmpty();
	}

	@Test
	void twoPartsCannotShareAPort() {
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> Settings.of(Map.of("FLOWFORGE_ORDERS_PORT", "9090")))
			.withMessage(
					"FLOWFORGE_ORDERS_PORT and FLOWFORGE_PROMETHEUS_PORT are both 9090: give each a port of its own.");
	}

	@Test
	void slimLeavesOutWhatPeopleLookAtUnlessTheyAskForIt() {
		Settings slim = Settings.of(Map.of("FLOWFORGE_PROFILE", "slim", "FLOWFORGE_LOKI", "yes"));
		assertThat(slim.wants(Setting.LOKI)).isTrue();
		assertThat(slim.wants(Setting.TEMPO)).isFalse();
		assertThat(Settings.of(Map.of()).wants(Setting.TEMPO)).isTrue();
	}

	@Test
	void tellsWhatHasBeenSetToSomethingElse() {
		Settings inForce = Settings.of(Map.of("FLOWFORGE_NOTIFY", "slack", "FLOWFORGE_ORDERS_PORT", "1234"));
		Settings wanted = Settings
			.of(Map.of("FLOWFORGE_NOTIFY", "email", "FLOWFORGE_ORDERS_PORT", "1234", "COLLECTOR_SLOW_MS", "1"));
		assertThat(inForce.changedBy(wanted)).containsExactly("COLLECTOR_SLOW_MS", "FLOWFORGE_NOTIFY");
		assertThat(inForce.changedBy(Settings.of(Map.of()))).isEmpty();
	}

}
