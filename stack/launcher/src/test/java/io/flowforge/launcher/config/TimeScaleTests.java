package io.flowforge.launcher.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.flowforge.launcher.StackException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * {@link TimeScale} shortens durations, and nothing that only looks like one.
 */
class TimeScaleTests {

	private static final TimeScale TWENTY = TimeScale.parse("20");

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
			for: 5m                                | for: 15s
			keep_firing_for: 1h30m                 | keep_firing_for: 270s
			scrape_interval: 15s                   | scrape_interval: 750ms
			{scrape_interval: 15s, scrape_timeout: 10s}   | {scrape_interval: 750ms, scrape_timeout: 750ms}
			{scrape_timeout: 100ms, scrape_interval: 15s} | {scrape_timeout: 100ms, scrape_interval: 750ms}
			scrape_timeout: 10s                    | scrape_timeout: 500ms
			repeat_interval: 4h                    | repeat_interval: 720s
			resolve_timeout: 1w                    | resolve_timeout: 30240s
			for: "1m"   # a comment of 5m          | for: "3s"   # a comment of 5m
			for: &wait 5m                          | for: &wait 15s
			{for: 5m, labels: {for: 5m}}           | {for: 15s, labels: {for: 5m}}
			group_wait: 0s                         | group_wait: 0s
			interval: 1ms                          | interval: 1ms
			expr: rate(requests[5m])               | expr: rate(requests[15s])
			expr: max_over_time(up[1h:1m])         | expr: max_over_time(up[180s:3s])
			expr: max_over_time(up[1h:])           | expr: max_over_time(up[180s:])
			expr: 'max_over_time(up[ 1h : 1m ])'   | expr: 'max_over_time(up[ 180s : 3s ])'
			expr: up offset 1d                     | expr: up offset 4320s
			expr: up OFFSET 1d                     | expr: up OFFSET 4320s
			expr: 'rate(requests{a="5m"}[5m])'     | expr: 'rate(requests{a="5m"}[15s])'
			expr: 'rate(r{a="[5m]"}[5m])'          | expr: 'rate(r{a="[5m]"}[15s])'
			expr: "rate(r{a=\\"[5m]\\"}[5m])"      | expr: "rate(r{a=\\"[5m]\\"}[15s])"
			- expr: up offset -10m == 5            | - expr: up offset -30s == 5
			""")
	void shortens(String line, String expected) {
		assertThat(TWENTY.shortenYaml("rules.yml", line + "\n")).isEqualTo(expected + "\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "# for: 5m", "summary: for 5m", "record: flowforge:errors:rate5m",
			"description: '{{ $value }} for: 5m'", "scrape_configs: 5m", "expr: up{window=\"[5m]\"}",
			"expr: up{window='[5m]', other=`\\[5m]`}", "expr: up{window=\"\\\"[5m]\"}",
			"expr: requests:rate5m > 0 # [5m]", "for: soon", "for: 5 m", "alert: offset 5m", "expr: my_offset 5m",
			"labels: {interval: 5m}", "annotations: {for: 5m, expr: 'up[5m]'}" })
	void leavesAlone(String line) {
		assertThat(TWENTY.shortenYaml("rules.yml", line + "\n")).isEqualTo(line + "\n");
	}

	@Test
	void shortensFlagsAndNoOtherLines() {
		String flags = """
				# --a.comment=5m
				--query.lookback-delta=%1$s
				--rules.alert.resend-delay='%2$s'   # a comment of 5m
				--config.file=5m.yml
				--enable-feature=exemplar-storage
				""";
		assertThat(TWENTY.shortenFlags(flags.formatted("5m", "30s"))).isEqualTo(flags.formatted("15s", "1500ms"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "|", ">", "|-", ">-", "" })
	void shortensExpressionsOverSeveralLinesAndNoOtherText(String style) {
		String rule = """
				- alert: Slow
				  expr: %2$s
				    sum by (application) (
				      rate(requests:rate5m{window="[5m]"}[%1$s])%3$s
				    )
				    > on (application) limit offset %1$s
				  for: %1$s
				  annotations:
				    description: |
				      for: 5m
				      rate(requests[5m])
				""";
		String comment = style.startsWith("|") ? "   # the last [5m]" : "";
		assertThat(TWENTY.shortenYaml("rules.yml", rule.formatted("5m", style, comment)))
			.isEqualTo(rule.formatted("15s", style, comment));
	}

	@Test
	void anAnchoredExpressionIsShortenedOnce() {
		String rules = """
				- expr: &ratio rate(a[%1$s])
				  for: &wait %1$s
				- expr: *ratio
				  for: *wait
				""";
		assertThat(TWENTY.shortenYaml("rules.yml", rules.formatted("5m"))).isEqualTo(rules.formatted("15s"));
	}

	@Test
	void charactersBeyondTheFirstPlaneCountOnce() {
		assertThat(TWENTY.shortenYaml("rules.yml", "# 🔥🔥\nfor: 5m   # 🔥\n")).isEqualTo("# 🔥🔥\nfor: 15s   # 🔥\n");
	}

	@ParameterizedTest
	@MethodSource("configuration")
	void changesNothingByFactorOne(Path file) throws Exception {
		String text = Files.readString(file);
		assertThat(TimeScale.NORMAL.shortenYaml("", text)).isEqualTo(text);
		assertThat(TimeScale.NORMAL.shortenFlags(text)).isEqualTo(text);
	}

	@ParameterizedTest
	@MethodSource("configuration")
	void changesOnlyTheDurationsOfTheRepositorysFiles(Path file) throws Exception {
		String text = Files.readString(file);
		String shortened = TWENTY.shortenYaml("", text);
		assertThat(shortened).isNotEqualTo(text).hasLineCount((int) text.lines().count());
		assertThat(TestRepository.data(shortened)).isNotEqualTo(TestRepository.data(text));
		// Lines may differ where they have a duration.
		List<String> before = text.lines().toList();
		List<String> after = shortened.lines().toList();
		for (int i = 0; i < before.size(); i++) {
			String duration = "[0-9]+(ms|[smhdwy])";
			assertThat(after.get(i).replaceAll(duration, ""))
				.isEqualTo(before.get(i).replaceAll("(" + duration + ")+", ""));
		}
	}

	static List<Path> configuration() {
		return Stream
			.concat(TestRepository.REPOSITORY.yamlFiles("prometheus-rules").stream(),
					Stream
						.of("stack/prometheus/prometheus.yml", "alertmanager/alertmanager.yml",
								"stack/loki/config.yaml", "stack/loki/rules/fake/logs.yml")
						.map(TestRepository.REPOSITORY::file))
			.toList();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "1.5", "20", "150" })
	void acceptsFactor(String factor) {
		assertThat(TimeScale.parse(factor).factor()).isEqualTo(Double.parseDouble(factor));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0", "0.5", "151", "150.1", "-1", "fast", "1e1", "1.", ".5", "2 3", "20\n" })
	void refusesFactor(String factor) {
		assertThatExceptionOfType(StackException.class).isThrownBy(() -> TimeScale.parse(factor))
			.withMessage("The factor must be a number from 1 to 150, not '%s'.".formatted(ShownValue.of(factor)));
	}

	@Test
	void refusesWhatIsNoYaml() {
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> TWENTY.shortenYaml("rules.yml", "groups:\n  - name: [a\n"))
			.withMessageStartingWith("rules.yml, line 3: this is not valid YAML: ");
	}

}
