package io.flowforge.dashboards;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.flowforge.launcher.process.Programs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The grammars of Grafana's editors can read the queries for logs and traces.
 */
class DashboardGrammarTests {

	@Test
	void queriesAreLogQlAndTraceQl() {
		assertThat(NodeScript.run(List.of("grammar.mjs"), DashboardFiles.all()).orElseThrow())
			.matches("[1-9]\\d* queries\\s*");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			textBlock = """
					logs.json    | by \\(severity_text       | by severity_text | panel 'Lines by severity', query A: no LogQL at line 1, column
					logs.json    | (?<=\\\\"\\$)severity     | severities       | panel 'Lines by severity', query A: the dashboard has no variable $severities
					logs.json    | \\{(?=service_name=~\\\\"[.]) | (                | variable 'application': no LogQL at line 1, column 2
					service.json | && status                 | & status         | panel 'Traces of failed requests', query A: no TraceQL at line 1, column
					""")
	void mistakeIsFoundInItsPlace(String dashboard, String right, String wrong, String message, @TempDir Path folder)
			throws IOException {
		Path broken = DashboardFiles.broken(dashboard, right, wrong, folder.resolve(dashboard));
		Programs.Result result = NodeScript.run(List.of("grammar.mjs"), List.of(broken));
		assertThat(result.status()).isEqualTo(1);
		assertThat(result.output()).contains(dashboard + ": " + message);
	}

}
