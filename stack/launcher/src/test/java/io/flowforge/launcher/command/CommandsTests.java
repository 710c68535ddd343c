package io.flowforge.launcher.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.flowforge.launcher.Main;
import io.flowforge.launcher.Repository;
import io.flowforge.launcher.process.Programs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The command line as a process of its own, which ends with a status.
 */
class CommandsTests {

	private final Map<String, String> environment = new TreeMap<>();

	@TempDir
	private Path data;

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					up                           | 1 | FLOWFORGE_ORDERS_PORT=abc must be a port, which is a number from 1 to 65535.
					status                       | 1 | The stack is not running: start it with 'make dev'.
					pace 20                      | 1 | The stack is not running: start it with 'make dev'.
					pace 0                       | 1 | The factor must be a number from 1 to 150, not '0'.
					pace fast                    | 1 | The factor must be a number from 1 to 150, not 'fast'.
					part restart orders-service  | 1 | The stack is not running: start it with 'make dev'.
					watch --name=a --url=b:80    | 1 | The stack is not running: start it with 'make dev'.
					watch --name=a --url=        | 1 | URL says where a answers: make watch NAME=payments URL=http://localhost:8080
					watch                        | 1 | NAME is the service's spring.application.name: make watch NAME=payments URL=http://localhost:8080
					unwatch --name=a             | 1 | NAME=a is not watched by 'make watch'. No service is.
					unwatch --name=../a          | 1 | NAME=../a must be a spring.application.name of at most 100 letters, digits, dots, dashes and underscores.
					down                         | 0 | Nothing was running.
					""")
	void saysOneSentence(String command, int status, String sentence) {
		this.environment.put("FLOWFORGE_ORDERS_PORT", "abc");
		Programs.Result result = launch(command.split(" "));
		assertThat(result.output()).isEqualTo(sentence + "\n");
		assertThat(result.status()).isEqualTo(status);
		assertThat(this.data).isEmptyDirectory();
	}

	@Test
	void refusesRelativeFolder() {
		this.environment.put("FLOWFORGE_DATA", "relative");
		Programs.Result result = launch("down");
		assertThat(result.output()).isEqualTo("FLOWFORGE_DATA=relative must be an absolute path of a folder.\n");
		assertThat(result.status()).isEqualTo(1);
	}

	@Test
	void doesNotKnowWhatItIsNotTold() {
		Programs.Result unknown = launch("upp");
		assertThat(unknown.status()).isEqualTo(2);
		assertThat(unknown.output()).contains("'upp'").doesNotContain("Exception");
		Programs.Result misspelt = launch("watch", "--nam=a");
		assertThat(misspelt.status()).isEqualTo(2);
		assertThat(misspelt.output()).contains("--nam=a", "'stack/launch watch --help'");
	}

	@Test
	void cleanLeavesWhatIsNotItsOwn() throws Exception {
		Files.writeString(this.data.resolve("letter"), "mine");
		Files.createDirectories(this.data.resolve("targets"));
		Files.writeString(this.data.resolve("targets/payments.yml"), "");
		Files.createDirectories(this.data.resolve("prometheus/data/wal"));
		assertThat(launch("down", "--clean").status()).isZero();
		assertThat(this.data).isDirectoryContaining("glob:**/letter");
		assertThat(this.data.resolve("targets/payments.yml")).exists();
		assertThat(this.data.resolve("prometheus")).doesNotExist();
	}

	private Programs.Result launch(String... arguments) {
		Map<String, String> variables = new TreeMap<>();
		System.getenv()
			.keySet()
			.stream()
			.filter((name) -> name.startsWith("FLOWFORGE_"))
			.forEach((name) -> variables.put(name, ""));
		variables.put("FLOWFORGE_DATA", this.data.toString());
		variables.putAll(this.environment);
		List<String> command = new ArrayList<>(List.of(Programs.java(), "-XX:TieredStopAtLevel=1", "-Xshare:auto",
				"-cp", System.getProperty("java.class.path"), Main.class.getName()));
		command.addAll(List.of(arguments));
		return Programs.run(Repository.around(Path.of("")).root(), variables, "", Duration.ofMinutes(1), command);
	}

}
