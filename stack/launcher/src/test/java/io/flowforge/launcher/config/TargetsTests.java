package io.flowforge.launcher.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What {@link Targets} reads from target files, and what it says of mistakes in them.
 */
class TargetsTests {

	private static final String PAYMENTS = """
			# The payments service.
			- targets: [localhost:8082, '127.0.0.1:8083']   # two of them
			  labels:
			    application: payments
			    environment: dev
			    __metrics_path__: /manage/prometheus
			    __scheme__: https
			""";

	@TempDir
	private Path root;

	private Path stackTargets;

	private Path ownTargets;

	@BeforeEach
	void prepare() throws IOException {
		this.stackTargets = Files.createDirectories(this.root.resolve("stack/prometheus/targets"));
		this.ownTargets = Files.createDirectories(this.root.resolve("stack/.data/targets"));
	}

	@Test
	void listsServicesWithTheirInstances() throws IOException {
		write(this.stackTargets, "a.yml", PAYMENTS);
		write(this.ownTargets, "b.yml", """
				- targets: ['[::1]:8084']
				  labels: {application: payments, environment: dev}
				- targets:
				    - 192.168.0.1:9090
				  labels: {application: 'orders', environment: prod, zone: 1}
				""");
		write(this.ownTargets, "commented-out.yml", "# - targets: [localhost:1]\n");
		Targets targets = read();
		assertThat(targets.instances()).containsExactly(
				Map.entry(new Service("dev", "payments"), List.of("localhost:8082", "127.0.0.1:8083", "[::1]:8084")),
				Map.entry(new Service("prod", "orders"), List.of("192.168.0.1:9090")));
	}

	@Test
	void aFolderThatIsNotThereHasNoTargets() throws IOException {
		Files.delete(this.ownTargets);
		assertThat(read().instances()).isEmpty();
	}

	@Test
	void readsThoseOfTheRepository() {
		assertThat(Targets
			.read(TestRepository.REPOSITORY, List.of(TestRepository.REPOSITORY.file("stack/prometheus/targets")), true)
			.instances())
			.containsExactly(Map.entry(new Service("demo", "inventory-service"), List.of("localhost:18081")),
					Map.entry(new Service("demo", "orders-service"), List.of("localhost:18080")));
	}

	@Test
	void withoutTheSamplesOnlyTheirFileIsLeftOut() throws IOException {
		write(this.ownTargets, "samples.yml", PAYMENTS);
		List<Path> folders = List.of(TestRepository.REPOSITORY.file("stack/prometheus/targets"), this.ownTargets);
		assertThat(Targets.read(TestRepository.REPOSITORY, folders, false).instances())
			.containsOnlyKeys(new Service("dev", "payments"));
	}

	@Test
	void translatesAddressesForContainersAndNothingElse() throws IOException {
		write(this.stackTargets, "a.yml", PAYMENTS);
		write(this.ownTargets, "b.yml", """
				- targets: ['[::1]:8084', localhost:18080, localhost:3000, payments.example:8082]
				  labels: {application: payments, environment: localhost:8082}
				""");
		Addresses addresses = new Addresses(Map.of("localhost:3000", "grafana:3000"),
				Map.of("localhost:18080", "orders-service:8080"), true);
		assertThat(read().translated(addresses::ofService)).containsExactly(Map.entry("a.yml", PAYMENTS
			.replace("localhost:8082", "host.docker.internal:8082")
			.replace("127.0.0.1:8083", "host.docker.internal:8083")), Map.entry("b.yml",
					"""
							- targets: ['host.docker.internal:8084', orders-service:8080, host.docker.internal:3000, payments.example:8082]
							  labels: {application: payments, environment: localhost:8082}
							"""));
	}

	@Test
	void aServiceOnTheStandardPortOfAPartThatHasMovedIsNotThatPart() throws IOException {
		write(this.stackTargets, "a.yml", PAYMENTS.replace("8082", "3000"));
		Addresses addresses = new Addresses(Map.of("localhost:3000", "localhost:3001"), Map.of(), false);
		assertThat(read().translated(addresses::ofService).get("a.yml")).isEqualTo(PAYMENTS.replace("8082", "3000"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '^',
			textBlock = """
					- targets: [a            | a.yml, line 2: this is not valid YAML: expected ',' or ']', but got <stream end>.
					- {targets: [a:1], targets: [b:1]} | a.yml, line 1: the key 'targets' is there twice: remove one of the two.
					targets: [localhost:1]   | a.yml is not a list: begin each service with '- targets: [localhost:8082]'.
					text                     | a.yml is not a list: begin each service with '- targets: [localhost:8082]'.
					- localhost:1            | a.yml, entry 1 is not an entry with targets and labels: write '- targets: [localhost:8082]'.
					- labels: {}             | a.yml, entry 1 has no list of targets: write '- targets: [localhost:8082]'.
					- targets: localhost:1   | a.yml, entry 1 has no list of targets: write '- targets: [localhost:8082]'.
					- targets: []            | a.yml, entry 1 has no list of targets: write '- targets: [localhost:8082]'.
					- {targets: [a:1], label: {}} | a.yml, entry 1 has an unknown key 'label': only 'targets' and 'labels' are possible.
					- {targets: [a:1], application: x} | a.yml, entry 1 has 'application' beside 'labels': indent it below 'labels'.
					- {targets: [a:1]}       | a.yml, entry 1 has no label 'environment': write 'environment: …' below 'labels'.
					- {targets: [a:1], labels: {environment: x}} | a.yml, entry 1 has no label 'application': write 'application: …' below 'labels'.
					- {targets: [a:1], labels: {environment: x, application: ''}} | a.yml, entry 1 has no label 'application': write 'application: …' below 'labels'.
					- {targets: [a:1], labels: {application: x, environment: y, a-b: z}} | a.yml, entry 1: 'a-b' is not a name for a label: use letters, digits and underscores.
					- {targets: [a:1], labels: {application: x, environment: [y]}} | a.yml, entry 1: the label 'environment' must be a text.
					""")
	void refusesAnEntryThatIsNone(String text, String message) throws IOException {
		write(this.stackTargets, "a.yml", text + "\n");
		assertRefused("stack/prometheus/targets/" + message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '^',
			textBlock = """
					http://localhost:8082    | http://localhost:8082 is a URL: write 'localhost:8082'.
					http://localhost:8082/   | http://localhost:8082/ is a URL: write 'localhost:8082'.
					https://a.example:443/m  | https://a.example:443/m is a URL: write 'a.example:443', and '__scheme__: https' below 'labels', and '__metrics_path__: /m' below 'labels'.
					localhost:8082/metrics   | localhost:8082/metrics has a path: write 'localhost:8082', and '__metrics_path__: /metrics' below 'labels'.
					localhost                | localhost has no port: write 'localhost:8080'.
					localhost:               | 'localhost:' is not an address: write host:port, such as localhost:8080.
					localhost:http           | 'localhost:http' is not an address: write host:port, such as localhost:8080.
					8080                     | 8080 is only a port: write 'localhost:8080'.
					:8080                    | ':8080' is not an address: write host:port, such as localhost:8080.
					a b:8080                 | 'a b:8080' is not an address: write host:port, such as localhost:8080.
					localhost:0              | the port of localhost:0 is not possible: it must be from 1 to 65535.
					localhost:65536          | the port of localhost:65536 is not possible: it must be from 1 to 65535.
					localhost:99999999999    | the port of localhost:99999999999 is not possible: it must be from 1 to 65535.
					""")
	void refusesAnAddressThatIsNone(String address, String message) throws IOException {
		write(this.stackTargets, "a.yml",
				"- targets: [a:1, '%s']\n  labels: {application: a, environment: b}\n".formatted(address));
		assertRefused("stack/prometheus/targets/a.yml, entry 1: " + message);
	}

	@Test
	void refusesTheSameAddressTwice() throws IOException {
		write(this.stackTargets, "a.yml", PAYMENTS);
		write(this.ownTargets, "b.yml",
				PAYMENTS.replace("localhost:8082", "localhost:8083").replace(", '127.0.0.1:8083'", ""));
		assertRefused("stack/.data/targets/b.yml, entry 1: localhost:8083 is a target already, of "
				+ "stack/prometheus/targets/a.yml, entry 1: remove one of the two.");
	}

	@Test
	void refusesTheSameFileNameTwice() throws IOException {
		write(this.stackTargets, "a.yml", PAYMENTS);
		write(this.ownTargets, "a.yml", "[]\n");
		assertRefused("stack/prometheus/targets/a.yml and stack/.data/targets/a.yml have the same name: "
				+ "give one of them another.");
	}

	@Test
	void refusesAFileThatNobodyWouldRead() throws IOException {
		write(this.stackTargets, "a.yaml", PAYMENTS);
		assertRefused("stack/prometheus/targets/a.yaml is not read: write YAML, and give the file a name that ends in "
				+ ".yml.");
	}

	@Test
	void refusesAFolderInPlaceOfAFile() throws IOException {
		Files.createDirectory(this.stackTargets.resolve("a.yml"));
		assertRefused(this.stackTargets.resolve("a.yml")
				+ " cannot be read: check that it is a file and that you may read it.");
	}

	private void assertRefused(String message) {
		assertThatExceptionOfType(StackException.class).isThrownBy(this::read).withMessage(message);
	}

	private Targets read() {
		return Targets.read(new Repository(this.root), List.of(this.stackTargets, this.ownTargets), true);
	}

	private static void write(Path folder, String file, String text) throws IOException {
		Files.writeString(folder.resolve(file), text);
	}

}
