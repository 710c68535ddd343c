package io.flowforge.launcher.config;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.flowforge.launcher.StackException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * When {@link MuteTimes} says that nobody gets a message, and until when.
 */
class MuteTimesTests {

	private static final String ROUTES = """
			route:
			  receiver: owners
			  routes:
			    - matchers: [%s]
			      mute_time_intervals: [quiet]
			time_intervals:
			  - name: quiet
			    time_intervals:
			      - %s
			receivers: [{name: owners}]
			""";

	// 2026-11-28 is a Saturday.
	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			severity=critical environment=dev        | 2026-11-25T07:59:59Z | 2026-11-25T08:00:00Z
			severity=critical environment=dev        | 2026-11-25T08:00:00Z | -
			severity=critical environment=dev        | 2026-11-25T17:59:59Z | -
			severity=critical environment=dev        | 2026-11-25T18:00:00Z | 2026-11-26T08:00:00Z
			severity=critical environment=dev        | 2026-11-25T23:59:30Z | 2026-11-26T08:00:00Z
			severity=critical environment=dev        | 2026-11-27T20:00:00Z | 2026-11-30T08:00:00Z
			severity=critical environment=DEV        | 2026-11-28T12:00:00Z | 2026-11-30T08:00:00Z
			severity=critical environment=developers | 2026-11-28T12:00:00Z | -
			severity=critical environment=demo       | 2026-11-28T12:00:00Z | -
			severity=critical environment=production | 2026-11-28T12:00:00Z | -
			severity=info environment=production     | 2026-11-28T12:00:00Z | 2026-11-30T08:00:00Z
			severity=critical                        | 2026-11-28T12:00:00Z | -
			alertname=Watchdog environment=dev       | 2026-11-28T12:00:00Z | -
			""")
	void followsTheTreeOfTheRepository(String labels, Instant at, Instant until) {
		MuteTimes times = MuteTimes.of(AlertmanagerConfiguration.assemble(TestRepository.REPOSITORY,
				Notifications.of(NotificationChannels.SLACK_EMAIL), true));
		assertThat(times.find(labels(labels), at)).isEqualTo(Optional.ofNullable(until).map(MuteTimes.Mute::new));
	}

	@ParameterizedTest
	@ValueSource(strings = { "dev", "dev-2", "dev2", "Dev", "ci", "checkout-staging", "staging.eu", "team_a-test-3",
			"preprod", "pre-prod", "preproduction", "non-prod", "nonprod-eu", "eu-pre-prod", "uat", "sandbox",
			"dev-eu-west-1", "test.us2" })
	void environmentWithoutUsersWaitsForTheMorning(String environment) {
		assertThat(isMutedOnSaturday(environment)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "production", "prod", "prod-eu", "eu-prod", "prod-test", "production-integration", "live",
			"demo", "developers", "latest", "contest", "citadel", "intranet", "stages", "reproduction", "default",
			"eu-1", "integration-hub", "int-gateway", "test-results", "stage-lighting", "local-payments", "ci-service",
			"dev-portal", "pre-production-line", "sandbox-users" })
	void anyOtherEnvironmentWakesPeople(String environment) {
		assertThat(isMutedOnSaturday(environment)).isFalse();
	}

	private static boolean isMutedOnSaturday(String environment) {
		MuteTimes times = MuteTimes.of(AlertmanagerConfiguration.assemble(TestRepository.REPOSITORY,
				Notifications.of(NotificationChannels.SLACK_EMAIL), true));
		return times
			.find(Map.of("severity", "critical", "environment", environment), Instant.parse("2026-11-28T12:00:00Z"))
			.isPresent();
	}

	@Test
	void nothingIsMutedWithoutMuteTimes() {
		MuteTimes times = MuteTimes.of(AlertmanagerConfiguration.assemble(TestRepository.REPOSITORY,
				Notifications.of(NotificationChannels.SLACK_EMAIL), false));
		assertThat(times.find(Map.of("severity", "info", "environment", "dev"), Instant.parse("2026-11-28T12:00:00Z")))
			.isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '^', nullValues = "-",
			textBlock = """
					{times: [{start_time: '22:00', end_time: '24:00'}]}          | 2026-11-28T23:10:30Z | 2026-11-29T00:00:00Z
					{weekdays: ['friday:sunday']}                                | 2026-11-28T23:10:00Z | -
					{weekdays: ['friday:saturday', 'monday']}                    | 2026-11-28T23:10:00Z | 2026-11-29T00:00:00Z
					{weekdays: ['Saturday']}                                     | 2026-11-28T23:10:00Z | 2026-11-29T00:00:00Z
					{days_of_month: ['-3:-1']}                                   | 2026-11-28T12:00:00Z | 2026-12-01T00:00:00Z
					{days_of_month: ['28', '30']}                                | 2026-11-28T12:00:00Z | 2026-11-29T00:00:00Z
					{days_of_month: ['1:27']}                                    | 2026-11-28T12:00:00Z | -
					{months: ['november'], days_of_month: ['25:31']}             | 2026-11-28T12:00:00Z | 2026-12-01T00:00:00Z
					{months: ['10:11'], days_of_month: ['25:31']}                | 2026-11-28T12:00:00Z | 2026-12-01T00:00:00Z
					{months: ['1:10']}                                           | 2026-11-28T12:00:00Z | -
					{years: ['2026'], months: [11], days_of_month: ['28:30']}    | 2026-11-28T12:00:00Z | 2026-12-01T00:00:00Z
					{years: ['2020:2025']}                                       | 2026-11-28T12:00:00Z | -
					{location: 'Europe/Vienna', weekdays: ['saturday']}          | 2026-11-28T12:00:00Z | 2026-11-28T23:00:00Z
					{location: 'America/New_York', times: [{start_time: '07:00', end_time: '08:00'}]} | 2026-11-28T12:59:59Z | 2026-11-28T13:00:00Z
					""")
	void knowsEachKindOfRange(String interval, Instant at, Instant until) {
		// Sunday is the first day of Alertmanager's week: friday:sunday is refused by it,
		// and
		// contains nothing here.
		MuteTimes times = MuteTimes.of(ROUTES.formatted("'a=\"b\"'", interval));
		assertThat(times.find(Map.of("a", "b"), at)).isEqualTo(Optional.ofNullable(until).map(MuteTimes.Mute::new));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{years: ['2026']}",
			"{times: [{start_time: '00:00', end_time: '12:00'}, {start_time: '12:00', end_time: '24:00'}]}" })
	void hasNoEndWhereThereIsNoneWithinEightDays(String interval) {
		MuteTimes times = MuteTimes.of(ROUTES.formatted("'a=\"b\"'", interval));
		assertThat(times.find(Map.of("a", "b"), Instant.parse("2026-11-20T12:00:00Z")))
			.contains(new MuteTimes.Mute(null));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
			'a="b"'                | a=b       | true
			a=b                    | a=b       | true
			'{a="b",c!="d"}'       | a=b       | true
			'a="b",c!="d"'         | a=b c=d   | false
			'a!="b"'               | a=b       | false
			'a!="b"'               | c=d       | true
			'a=~"[bc]"'            | a=c       | true
			'a=~"b"'               | a=bb      | false
			'a!~"b.*"'             | a=bb      | false
			'a="b.*"'              | a=bb      | false
			'a=""'                 | c=d       | true
			'a="x\\"y"'            | a=x"y     | true
			'a="x\\\\n"'           | a=x\\n     | true
			""")
	void matchesAsAlertmanagerDoes(String matcher, String labels, boolean muted) {
		MuteTimes times = MuteTimes.of(ROUTES.formatted(matcher, "{}"));
		assertThat(times.find(labels(labels), Instant.EPOCH).isPresent()).isEqualTo(muted);
	}

	@Test
	void olderMatchersAndTheSecondOfTwoRoutesCount() {
		String text = """
				route:
				  receiver: owners
				  routes:
				    - match: {a: b}
				      continue: true
				      mute_time_intervals: [always]
				    - match_re: {c: d|e}
				      mute_time_intervals: [always]
				    - matchers: [f="g"]
				      active_time_intervals: [always]
				    - matchers: [f="h"]
				      active_time_intervals: [saturday]
				mute_time_intervals:
				  - {name: always, time_intervals: [{}]}
				  - {name: saturday, time_intervals: [{weekdays: [saturday]}]}
				""";
		MuteTimes times = MuteTimes.of(text);
		Instant friday = Instant.parse("2026-11-27T12:00:00Z");
		assertThat(times.find(Map.of("a", "b"), friday)).isPresent();
		assertThat(times.find(Map.of("a", "b", "c", "e"), friday)).isPresent();
		assertThat(times.find(Map.of("a", "b", "f", "g"), friday)).as("one of its two routes sends").isEmpty();
		assertThat(times.find(Map.of("f", "h"), friday))
			.contains(new MuteTimes.Mute(Instant.parse("2026-11-28T00:00:00Z")));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '^',
			textBlock = """
					'a'          | {}                                                 | the matcher a cannot be read
					'a=~"("'     | {}                                                 | the pattern ( of the label a cannot be read
					'a="b"'      | {times: [{start_time: '8:00', end_time: '9:00'}]}  | 8:00 is not a time such as '08:00'
					'a="b"'      | {weekdays: [caturday]}                             | this time interval cannot be read
					'a="b"'      | {location: Vienna}                                 | this time interval cannot be read
					""")
	void saysWhatItCannotRead(String matcher, String interval, String message) {
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> MuteTimes.of(ROUTES.formatted(matcher, interval)))
			.withMessageStartingWith("alertmanager/alertmanager.yml")
			.withMessageContaining(message);
	}

	private static Map<String, String> labels(String text) {
		Map<String, String> labels = new LinkedHashMap<>();
		for (String label : text.split(" ")) {
			labels.put(label.split("=")[0], label.split("=")[1]);
		}
		return labels;
	}

}
