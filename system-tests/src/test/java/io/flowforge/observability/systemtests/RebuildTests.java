package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.flowforge.launcher.Http;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.process.Programs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stack that is up while its repository changes, in a copy of the repository in which
 * it is always night for environments without users.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RebuildTests {

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private static Path copy;

	private static Launcher launcher;

	private static Map<String, ProcessHandle> parts;

	@BeforeAll
	static void bringUp(@TempDir Path folder) {
		Launcher.requireBackends();
		copy = Launcher.copyOfRepository(folder);
		MutedRepository.muteAtAllTimes(copy);
		launcher = new Launcher(copy, folder.resolve("data"));
		launcher.withAlertingOnly();
		launcher.run("up").orElseThrow();
		parts = launcher.noted();
		assertThat(parts).containsKeys("alert-inbox", "alertmanager", "inventory-service", "orders-service",
				"prometheus");
	}

	@AfterAll
	static void end() {
		if (launcher != null) {
			launcher.close();
		}
	}

	// What reaches no real person wakes nobody.
	@Test
	@Order(1)
	void messagesReachTheInboxAlsoWhenTheyAreMuted() {
		launcher.run("pace", "20").orElseThrow();
		Http.send("POST", launcher.address(Part.ALERTMANAGER, "/api/v2/alerts"), """
				[{"labels": {"alertname": "AlertAtNight", "environment": "dev", "application": "payments",
				  "severity": "critical", "category": "errors", "team": "billing"}}]""");
		Waiting.until("No message has come", LIMIT, () -> messages().contains("AlertAtNight"));
		launcher.run("up").orElseThrow();
	}

	@Test
	@Order(2)
	void rebuildRestartsNothingAndLosesNoMessage() throws IOException {
		post("before the rebuild");
		for (String sample : List.of("alert-inbox", "orders-service", "inventory-service")) {
			rewrite(jar(sample));
		}
		assertUntouched();
		post("after the rebuild");
		assertThat(messages()).contains("before the rebuild", "after the rebuild");
	}

	// As a build leaves them that somebody has stopped.
	@Test
	@Order(3)
	void runningServicesDoNotNeedTheJarsOfTheRepository() throws IOException {
		for (String sample : List.of("alert-inbox", "orders-service", "inventory-service")) {
			truncate(jar(sample));
		}
		// Pages and classes that nobody has asked for yet.
		assertThat(Http.get(launcher.address(Part.ALERT_INBOX, "/runbooks/"))).contains("FlowForge");
		assertThat(Http.send("POST", launcher.address(Part.ORDERS_SERVICE, "/orders"),
				"{\"sku\": \"A-100\", \"quantity\": 1}"))
			.contains("A-100");
		post("between two builds");
		assertUntouched();
		assertThat(messages()).contains("before the rebuild", "between two builds");
	}

	@Test
	@Order(4)
	void loadsChangedRulesWithoutRestart() throws IOException {
		Path rule = Files.writeString(copy.resolve("prometheus-rules/own.yml"), """
				groups:
				  - name: own
				    rules:
				      - record: own:rule
				        expr: vector(1)
				""");
		assertThat(launcher.run("up").orElseThrow()).contains("Already up; loaded anew: prometheus.");
		assertThat(Http.get(launcher.address(Part.PROMETHEUS, "/api/v1/rules"))).contains("own:rule");
		Files.delete(rule);
		launcher.run("up").orElseThrow();
		assertThat(launcher.noted()).isEqualTo(parts);
	}

	@ParameterizedTest
	@Order(5)
	@CsvSource(delimiter = '|',
			textBlock = """
					own.yml  | - targets: [                                                 | stack/prometheus/targets/own.yml
					own.yml  | - {targets: [localhost:18080], labels: {application: a, environment: b}} | is a target already
					own.yaml | - {targets: [localhost:8080], labels: {application: a, environment: b}}  | stack/prometheus/targets/own.yaml is not read
					""")
	void wrongTargetFileIsNamedAndTheOldTargetsStay(String name, String text, String sentence) throws IOException {
		Path file = Files.writeString(copy.resolve("stack/prometheus/targets").resolve(name), text);
		try {
			Programs.Result refused = launcher.run("up");
			assertThat(refused.status()).isEqualTo(1);
			assertThat(refused.output()).hasLineCount(1).contains(sentence).contains(name);
			assertThat(launcher.prometheus().targets()).hasSize(2);
			assertThat(launcher.noted()).isEqualTo(parts);
		}
		finally {
			Files.delete(file);
		}
	}

	private static void assertUntouched() {
		long start = System.nanoTime();
		Programs.Result again = launcher.run("up");
		System.out.printf("The second 'up' took %.1f s.%n", (System.nanoTime() - start) / 1e9);
		assertThat(again.status()).as(again.output()).isZero();
		assertThat(again.output()).contains("Already up; nothing has changed.\n");
		assertThat(launcher.noted()).isEqualTo(parts);
	}

	// In the very file, as Maven does.
	private static void rewrite(Path jar) throws IOException {
		Path other = Files.copy(jar, jar.resolveSibling("other"), StandardCopyOption.REPLACE_EXISTING);
		truncate(jar);
		Files.write(jar, Files.readAllBytes(other), StandardOpenOption.TRUNCATE_EXISTING);
		Files.setLastModifiedTime(jar, FileTime.from(Instant.now()));
	}

	private static void truncate(Path jar) throws IOException {
		Files.write(jar, new byte[100], StandardOpenOption.TRUNCATE_EXISTING);
	}

	private static Path jar(String sample) {
		return copy.resolve("samples/%s/target/%s.jar".formatted(sample, sample));
	}

	private static void post(String text) {
		Http.send("POST", launcher.address(Part.ALERT_INBOX, "/slack/webhook"), "{\"text\": \"%s\"}".formatted(text));
	}

	private static String messages() {
		return Http.get(launcher.address(Part.ALERT_INBOX, "/api/messages"));
	}

}
