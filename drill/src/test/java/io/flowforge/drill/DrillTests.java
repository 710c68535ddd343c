package io.flowforge.drill;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Wrong options end the drill with one sentence, before it touches anything.
 */
class DrillTests {

	private final PrintStream standardError = System.err;

	private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

	@BeforeEach
	void capture() {
		System.setErr(new PrintStream(this.printed, true, StandardCharsets.UTF_8));
	}

	@AfterEach
	void release() {
		System.setErr(this.standardError);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					--fault=lattency                  | FAULT=lattency must be errors, latency, health or down. Did you mean latency?
					--fault=ERRORS                    | FAULT=ERRORS must be errors, latency, health or down.
					--fault=errors --service=payments | FAULT=errors breaks orders-service only: leave it away, and the drill says how to break payments.
					--all=1 --fault=errors            | ALL=1 runs every scenario on a stack of its own: leave FAULT away.
					--all=yes --service=payments      | ALL=1 runs every scenario on a stack of its own: leave SERVICE away.
					--all=maybe                       | ALL=maybe must be 1 or 0.
					--service=payments --wait=0       | --wait=0 must be a number of seconds from 1 to 86400.
					--service=payments --wait=1h      | --wait=1h must be a number of seconds from 1 to 86400.
					--service=payments --wait=999999  | --wait=999999 must be a number of seconds from 1 to 86400.
					--falt=errors                     | Unknown option: '--falt=errors'. 'stack/launch drill --help' says how it is used.
					""")
	void refusesWrongOptions(String options, String sentence) {
		assertThat(Drill.run(options.split(" +"))).isEqualTo(1);
		assertThat(this.printed.toString(StandardCharsets.UTF_8).strip()).isEqualTo(sentence);
	}

}
