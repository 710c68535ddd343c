package io.flowforge.launcher.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.flowforge.launcher.StackException;
import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.RequiredPrograms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * {@link WarningsOffHours}.
 */
class WarningsOffHoursTests {

	private static final Instant NIGHT = Instant.parse("2026-11-25T03:00:00Z");

	private static final Instant DAY = Instant.parse("2026-11-25T10:00:00Z");

	@Test
	void ownersGetThemAtAnyTimeUnlessSomebodySaysOtherwise() {
		String configuration = configuration(NotificationChannels.SLACK_EMAIL);
		assertThat(WarningsOffHours.from((name) -> null).in(configuration)).isEqualTo(configuration);
		assertThat(isMuted("owners", "warning", NIGHT)).isFalse();
	}

	@Test
	void warningsMayWaitForTheMorning() {
		assertThat(isMuted("morning", "warning", NIGHT)).isTrue();
		assertThat(isMuted("morning", "warning", DAY)).isFalse();
		assertThat(isMuted("morning", "critical", NIGHT)).isFalse();
	}

	@Test
	void somebodyElseMayGetThem(@TempDir Path folder) throws IOException {
		String configuration = new WarningsOffHours("night@acme.example, duty@acme.example")
			.in(configuration(NotificationChannels.EMAIL));
		Files.writeString(folder.resolve("alertmanager.yml"), configuration);
		Files.createDirectory(folder.resolve("templates"));
		for (Path template : PrivateFiles.list(TestRepository.REPOSITORY.file("alertmanager/templates"))) {
			Files.writeString(folder.resolve("templates").resolve(template),
					TestRepository.read("alertmanager/templates/" + template));
		}
		String amtool = RequiredPrograms.require("amtool").toString();
		Programs.run(folder, amtool, "check-config", "alertmanager.yml").orElseThrow();
		assertThat(receivers(folder, amtool, "severity=warning")).isEqualTo("off-hours,owners");
		assertThat(receivers(folder, amtool, "severity=critical")).isEqualTo("owners");
		assertThat(receivers(folder, amtool, "severity=warning", "environment=staging")).isEqualTo("owners");
		MuteTimes times = MuteTimes.of(configuration);
		assertThat(times.find(labels("warning"), NIGHT)).isEmpty();
	}

	private static String receivers(Path folder, String amtool, String... labels) {
		List<String> command = new ArrayList<>(
				List.of(amtool, "config", "routes", "test", "--config.file=alertmanager.yml"));
		command.addAll(List.of(labels));
		// Some versions warn of what they ignore first.
		return Programs.run(folder, command.toArray(String[]::new))
			.orElseThrow()
			.lines()
			.reduce("", (before, line) -> line);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			nobody             | must be owners, morning or email addresses.
			night@acme.example | is an email address: FLOWFORGE_NOTIFY must be email or slack-email.
			""")
	void refusesWhatReachesNobody(String choice, String message) {
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> new WarningsOffHours(choice).in(configuration(NotificationChannels.SLACK)))
			.withMessage("FLOWFORGE_WARNINGS_OFF_HOURS=%s %s", choice, message);
	}

	private static boolean isMuted(String choice, String severity, Instant at) {
		Optional<MuteTimes.Mute> mute = MuteTimes
			.of(new WarningsOffHours(choice).in(configuration(NotificationChannels.SLACK_EMAIL)))
			.find(labels(severity), at);
		return mute.isPresent();
	}

	private static Map<String, String> labels(String severity) {
		return Map.of("alertname", "FlowForgeInstanceDown", "environment", "prod", "application", "orders", "severity",
				severity);
	}

	private static String configuration(NotificationChannels channels) {
		return AlertmanagerConfiguration.assemble(TestRepository.REPOSITORY, Notifications.of(channels), true);
	}

}
