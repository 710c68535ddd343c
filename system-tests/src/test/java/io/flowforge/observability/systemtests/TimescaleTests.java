package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code stack/timescale} shortens durations, and nothing that only looks like one.
 */
class TimescaleTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			for: 5m                                | for: 15s
			keep_firing_for: 1h30m                 | keep_firing_for: 270s
			scrape_interval: 15s                   | scrape_interval: 750ms
			repeat_interval: 4h                    | repeat_interval: 720s
			resolve_timeout: 1w                    | resolve_timeout: 30240s
			for: "1m"   # a comment of 5m          | for: "3s"   # a comment of 5m
			group_wait: 0s                         | group_wait: 0s
			interval: 1ms                          | interval: 1ms
			--query.lookback-delta=5m              | --query.lookback-delta=15s
			expr: rate(requests[5m])               | expr: rate(requests[15s])
			expr: max_over_time(up[1h:1m])         | expr: max_over_time(up[180s:3s])
			expr: max_over_time(up[1h:])           | expr: max_over_time(up[180s:])
			expr: up offset 1d                     | expr: up offset 4320s
			expr: 'rate(requests{a="5m"}[5m])'     | expr: 'rate(requests{a="5m"}[15s])'
			- expr: up offset -10m == 5            | - expr: up offset -30s == 5
			""")
	void shortens(String line, String expected) {
		assertThat(timescale("20", line + "\n").orElseThrow()).isEqualTo(expected + "\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "# for: 5m", "--config.file=5m.yml", "summary: for 5m", "record: flowforge:errors:rate5m",
			"description: '{{ $value }} for: 5m'", "scrape_configs: 5m", "expr: up{window=\"[5m]\"}",
			"expr: requests:rate5m > 0 # [5m]", "for: soon", "for: 5 m", "alert: offset 5m" })
	void leavesAlone(String line) {
		assertThat(timescale("20", line + "\n").orElseThrow()).isEqualTo(line + "\n");
	}

	@Test
	void shortensExpressionsOverSeveralLinesAndNoOtherText() {
		String rule = """
				- alert: Slow
				  expr: |
				    sum by (application) (
				      rate(requests:rate5m{window="[5m]"}[%1$s])   # the last [5m]
				    )
				    > on (application) limit offset %1$s
				  for: %1$s
				  annotations:
				    description: |
				      for: 5m
				      rate(requests[5m])
				""";
		assertThat(timescale("20", rule.formatted("5m")).orElseThrow()).isEqualTo(rule.formatted("15s"));
	}

	@ParameterizedTest
	@MethodSource("configuration")
	void changesNothingByFactorOne(Path file) throws IOException {
		String text = Files.readString(file);
		assertThat(timescale("1", text).orElseThrow()).isEqualTo(text);
	}

	static List<Path> configuration() {
		return Stream
			.concat(Stream.of("prometheus-rules", "alertmanager").map(Repository::yamlFiles).flatMap(List::stream),
					Stream.of("stack/prometheus/prometheus.yml", "stack/prometheus/flags").map(Repository::file))
			.toList();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0", "0.5", "151", "-1", "fast", "1e1", "1.", "2 3" })
	void refusesFactor(String factor) {
		Program.Result result = timescale(factor, "for: 5m\n");
		assertThat(result.status()).isEqualTo(2);
		assertThat(result.output())
			.isEqualTo("timescale: the factor must be a number from 1 to 150, not '%s'\n".formatted(factor));
	}

	@Test
	void refusesEmptyInput() {
		Program.Result result = timescale("20", "");
		assertThat(result.status()).isEqualTo(2);
		assertThat(result.output()).isEqualTo("timescale: there is nothing on standard input\n");
	}

	private static Program.Result timescale(String factor, String input) {
		return Program.run(Repository.file("stack"), Map.of(), input, Repository.file("stack/timescale").toString(),
				factor);
	}

}
