package io.flowforge.samples.inbox.now;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.flowforge.samples.inbox.now.MuteTimes.MuteTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Mute times as Alertmanager understands them.
 */
class MuteTimesTests {

	// In the form in which Alertmanager 0.25 gives its configuration back.
	private static final String CONFIGURATION = """
			route:
			  receiver: owners
			  routes:
			  - receiver: dead-mans-switch
			    matchers:
			    - alertname="Watchdog"
			  - matchers:
			    - severity="info"
			    mute_time_intervals:
			    - outside-working-hours
			    continue: true
			    repeat_interval: 1d
			  - matchers:
			    - environment=~"(?i)(dev|test)"
			    mute_time_intervals:
			    - outside-working-hours
			    routes:
			    - match:
			        team: night-owls
			  - match_re:
			      team: vienna|graz
			    active_time_intervals:
			    - vienna-mornings
			  - matchers: [team="gone"]
			    mute_time_intervals: [always]
			time_intervals:
			- name: outside-working-hours
			  time_intervals:
			  - times:
			    - start_time: "00:00"
			      end_time: "08:00"
			    - start_time: "18:00"
			      end_time: "24:00"
			  - weekdays: ['saturday', 'sunday']
			- name: vienna-mornings
			  time_intervals:
			  - times:
			    - {start_time: 08:00, end_time: 12:00}
			    weekdays: ['monday:friday']
			    location: Europe/Vienna
			- name: always
			  time_intervals:
			  - times:
			    - {start_time: "00:00", end_time: "24:00"}
			receivers:
			- name: owners
			""";

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			a working day               | 2026-11-27T10:00:00Z | environment=dev        |
			in the evening              | 2026-11-26T18:00:30Z | environment=DEV        | 2026-11-27T08:00:00Z
			before the weekend          | 2026-11-27T23:59:00Z | environment=test       | 2026-11-30T08:00:00Z
			on a Saturday at noon       | 2026-11-28T12:00:00Z | environment=dev        | 2026-11-30T08:00:00Z
			production                  | 2026-11-28T12:00:00Z | environment=production |
			mute times go no deeper     | 2026-11-28T12:00:00Z | environment=dev,team=night-owls |
			all routes are muted        | 2026-11-28T12:00:00Z | severity=info,environment=dev | 2026-11-30T08:00:00Z
			one route is not            | 2026-11-28T12:00:00Z | severity=info,team=vienna,x=y | 2026-11-30T07:00:00Z
			active in the morning       | 2026-11-27T07:00:00Z | team=graz              |
			not active in the afternoon | 2026-11-27T11:00:00Z | team=graz              | 2026-11-30T07:00:00Z
			""")
	void tellsUntilWhen(String name, Instant now, String labels, Instant until) {
		assertThat(new MuteTimes(CONFIGURATION).muteTime(labels(labels), now).map(MuteTime::until)).as(name)
			.isEqualTo(Optional.ofNullable(until));
	}

	@Test
	void namesTheIntervalsAndSeesNoEndBeyondAWeek() {
		assertThat(new MuteTimes(CONFIGURATION).muteTime(Map.of("team", "gone"), Instant.EPOCH))
			.contains(new MuteTime("always", null));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			days_of_month: ['-2:-1'] | 2026-02-27T00:00:00Z | true
			days_of_month: ['-2:-1'] | 2026-02-26T23:59:00Z | false
			days_of_month: ['1:3']   | 2026-02-03T12:00:00Z | true
			months: ['december:december', '1'] | 2026-01-03T12:00:00Z | true
			months: ['june:august']  | 2026-05-31T23:59:00Z | false
			years: ['2025:2026']     | 2026-05-31T23:59:00Z | true
			years: ['2027']          | 2026-05-31T23:59:00Z | false
			weekdays: ['sunday:tuesday'] | 2026-11-29T23:59:00Z | true
			weekdays: ['Sunday:Tuesday'] | 2026-12-02T00:00:00Z | false
			location: 'Asia/Tokyo'   | 2026-12-02T00:00:00Z | true
			""")
	void intervalsHaveAlternativesInEachField(String yaml, Instant time, boolean contained) {
		assertThat(TimeInterval.of(Yaml.read(yaml)).contains(time)).isEqualTo(contained);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "route: {matchers: [nonsense]}", "route: {matchers: ['a=~\"(\"']}",
			"time_intervals: [{name: x, time_intervals: [{weekdays: [someday]}]}]",
			"time_intervals: [{name: x, time_intervals: [{location: Nowhere}]}]",
			"time_intervals: [{name: x, time_intervals: [{times: [{start_time: noon}]}]}]" })
	void refusesWhatIsNoConfiguration(String configuration) {
		assertThatIllegalArgumentException().isThrownBy(() -> new MuteTimes(configuration));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			a="b"              | a=b     | true
			{a="b", c!="d"}    | a=b     | true
			a=b,c=d            | a=b,c=e | false
			a=~"[bc]"          | a=cc    | false
			a!~"b.*"           | a=bc    | false
			a=""               | x=y     | true
			a="x,\\"y\\" = z"  | a=q     | false
			""")
	void matchersAreAlertmanagers(String matchers, String labels, boolean matches) {
		assertThat(LabelMatcher.parse(matchers)).isNotEmpty();
		assertThat(LabelMatcher.parse(matchers).stream().allMatch((matcher) -> matcher.matches(labels(labels))))
			.isEqualTo(matches);
	}

	private static Map<String, String> labels(String text) {
		return Arrays.stream(text.split(","))
			.map((label) -> label.split("=", 2))
			.collect(Collectors.toMap((label) -> label[0], (label) -> label[1]));
	}

}
