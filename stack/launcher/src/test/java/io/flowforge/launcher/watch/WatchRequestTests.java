package io.flowforge.launcher.watch;

import io.flowforge.launcher.StackException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WatchRequestTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			http://localhost:8080                            | http://localhost:8080/actuator/prometheus
			http://localhost:8080/                           | http://localhost:8080/actuator/prometheus
			localhost:8080                                   | http://localhost:8080/actuator/prometheus
			https://payments.example.com                     | https://payments.example.com:443/actuator/prometheus
			http://payments.example.com                      | http://payments.example.com:80/actuator/prometheus
			http://localhost:9001/manage/prometheus          | http://localhost:9001/manage/prometheus
			http://localhost:9001/manage/prometheus/         | http://localhost:9001/manage/prometheus
			http://[::1]:8080                                | http://[::1]:8080/actuator/prometheus
			""")
	void findsTheMetricsOfAUrl(String url, String metrics) {
		assertThat(WatchRequest.of("payments", url, "", "").metrics()).hasToString(metrics);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ftp://localhost:21", "http://", "http://user:secret@localhost:8080", "http://localhost:0",
			"http://localhost:65536", "http://localhost:8080?a=b", "http://localhost:8080/#top", "http://local host",
			"localhost:8080,,localhost:8081", "http://localhost:port", "/actuator/prometheus" })
	void refusesWhatIsNoAddress(String url) {
		assertThatExceptionOfType(StackException.class).isThrownBy(() -> WatchRequest.of("payments", url, "", ""))
			.withMessageStartingWith("URL=")
			.withMessageEndingWith(" must be an address of the service, such as http://localhost:8080.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "my service", "../payments", ".hidden", "a/b", "päyments", "a\nb", "'; rm -rf /" })
	void refusesNameThatIsNone(String name) {
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> WatchRequest.of(name, "http://localhost:8080", "", ""))
			.withMessage(
					"NAME=%s must be a spring.application.name of at most 100 letters, digits, dots, dashes and underscores.",
					name.lines().findFirst().orElseThrow());
	}

	@Test
	void saysHowItIsUsedWhenSomethingIsMissing() {
		assertThatExceptionOfType(StackException.class).isThrownBy(() -> WatchRequest.of("", "", "", ""))
			.withMessage(
					"NAME is the service's spring.application.name: make watch NAME=payments URL=http://localhost:8080");
		assertThatExceptionOfType(StackException.class).isThrownBy(() -> WatchRequest.of("payments", " ", "", ""))
			.withMessage("URL says where payments answers: make watch NAME=payments URL=http://localhost:8080");
	}

	@Test
	void refusesInstancesThatDiffer() {
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> WatchRequest.of("payments", "http://localhost:1,https://localhost:2", "", ""))
			.withMessage(
					"All instances of URL=http://localhost:1,https://localhost:2 must have the same scheme and path.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "two\nlines", "a\tb", "a\u0000b" })
	void refusesLabelOfSeveralLines(String value) {
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> WatchRequest.of("payments", "localhost:1", value, ""))
			.withMessageStartingWith("TEAM must be a single line");
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> WatchRequest.of("payments", "localhost:1", "", value))
			.withMessageStartingWith("ENVIRONMENT must be a single line");
	}

	@Test
	void writesTargetFile() {
		WatchRequest request = WatchRequest.of("payments", "http://localhost:8080, http://localhost:8081", "", "");
		assertThat(request.targetFile("it's dev")).isEqualTo("""
				# Written by 'make watch'; 'make unwatch NAME=payments' removes it.
				- targets: ['localhost:8080', 'localhost:8081']
				  labels:
				    application: 'payments'
				    environment: 'it''s dev'
				""");
		assertThat(WatchRequest.of("payments", "https://localhost:8443/metrics", "", "").targetFile("dev"))
			.contains("    __metrics_path__: '/metrics'\n")
			.contains("    __scheme__: 'https'\n");
	}

}
