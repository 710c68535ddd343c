package io.flowforge.observability.systemtests;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.flowforge.drill.message.Alert;
import io.flowforge.drill.message.Message;
import io.flowforge.drill.scenario.Expectation;
import io.flowforge.drill.scenario.ReportRow;
import io.flowforge.drill.scenario.ReportTable;
import io.flowforge.drill.scenario.Scenario;
import io.flowforge.drill.scenario.ScenarioCatalogue;
import io.flowforge.drill.scenario.ScenarioRunner;
import io.flowforge.drill.scenario.ScenarioStack;
import io.flowforge.drill.server.Workspace;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever fails, its owner gets the alert in Slack and by email, with the value and the
 * limit, and the all-clear afterwards; and nobody gets any other message. The same
 * scenarios as in {@code make drill ALL=1}.
 */
class DrillTests {

	private static ScenarioStack stack;

	@BeforeAll
	static void start(@TempDir Path folder) {
		Workspace workspace = Workspace.ofBuild(folder);
		TestBackends.requirePrograms(workspace);
		stack = new ScenarioStack(workspace, System.out::println);
	}

	@AfterAll
	static void stop() {
		if (stack != null) {
			stack.close();
		}
	}

	@TestFactory
	Stream<DynamicTest> scenarios() {
		ScenarioRunner runner = new ScenarioRunner(stack, (row) -> {
		});
		CompletableFuture<Void> over = CompletableFuture.runAsync(runner::run, (work) -> new Thread(work).start());
		Stream<DynamicTest> scenarios = runner.scenarios()
			.stream()
			.map((scenario) -> DynamicTest.dynamicTest(scenario.name(), () -> assertRight(scenario)));
		Stream<DynamicTest> others = Stream.of(DynamicTest.dynamicTest("there are no other alerts and messages", () -> {
			over.get(10, TimeUnit.MINUTES);
			System.out
				.println(ReportTable.of(runner.scenarios().stream().map((scenario) -> scenario.row().join()).toList()));
			assertThat(runner.unexplained()).isEmpty();
		}), DynamicTest.dynamicTest("the Collector is part of it",
				() -> Assumptions.assumeThat(stack.collector()).as(TestBackends.NO_COLLECTOR).isPresent()));
		return Stream.concat(scenarios, others);
	}

	private static void assertRight(Scenario scenario) throws Exception {
		ReportRow row = scenario.row().get(10, TimeUnit.MINUTES);
		assertThat(row.wrong()).isEmpty();
		Consumer<String> description = descriptions().getOrDefault(scenario.name(), (text) -> {
		});
		for (Message message : row.messages()) {
			assertThat(message.title()).matches("(?s)\\[(CRITICAL|WARNING|INFO)] .*");
			assertThat(scenario.expected()).anySatisfy((expected) -> assertSaysWhatAndWhose(message, expected));
		}
		row.messages().stream().map(Message::text).forEach(description);
	}

	private static void assertSaysWhatAndWhose(Message message, Expectation expected) {
		assertThat(message.text()).contains(expected.alert().summary(), expected.subject().team());
		assertThat(message.links()).extracting(Message.Link::text)
			.contains("Runbook")
			.containsAll(expected.alert().isDigest() ? List.of("All of them") : List.of("Dashboard", "Silence"));
		boolean isAboutRequests = expected.subject().isService() && !expected.alert().isDigest();
		assertThat(message.links().stream().anyMatch((link) -> link.text().equals("Logs"))).isEqualTo(isAboutRequests);
		// No trace says why a process has ended.
		assertThat(message.links().stream().anyMatch((link) -> link.text().equals("Traces")))
			.isEqualTo(isAboutRequests && expected.alert() != Alert.RESTART_LOOP);
		assertThat(message.links()).extracting(Message.Link::url)
			.anyMatch((url) -> url
				.matches(".*/runbooks/%s[.]md([?](application|environment)=.*)?".formatted(expected.alert().label())));
	}

	// What a message says of the value and of the limit.
	private static Map<String, Consumer<String>> descriptions() {
		Map<String, Consumer<String>> descriptions = new HashMap<>();
		descriptions.put("5xx burst",
				(text) -> assertThat(number(text, "% of requests failed; the limit is 5%.")).isBetween(10.0, 60.0));
		descriptions.put("bad deploy on one of three instances",
				(text) -> assertThat(number(text, "% of requests failed; the limit is 10%.")).isBetween(15.0, 40.0));
		descriptions.put("slow dependency",
				(text) -> assertThat(number(text, "% of requests took longer than 1.5s; the limit is 1%."))
					.isBetween(10.0, 100.0));
		descriptions.put("one of three is slow, and exports other metrics",
				(text) -> assertThat(number(text, "% of requests took longer than 2s; the limit is 1%.")).isBetween(5.0,
						60.0));
		descriptions.put("flapping health component",
				(text) -> assertThat(text).contains("The health component faults failed 3 times in 15 minutes."));
		descriptions.put("health check failing",
				(text) -> assertThat(text).contains("The health component faults is not up on 1 instance: "));
		descriptions.put("all instances killed", (text) -> assertThat(text).contains("No instance answers: "));
		descriptions.put("instance killed", (text) -> assertThat(text).contains("1 of 3 instances is down: "));
		descriptions.put("crash loop",
				(text) -> assertThat(text).containsPattern(":\\d+ restarted 3 times in 15 minutes[.]"));
		descriptions.put("error budget burning",
				(text) -> assertThat(text).contains("times as fast as the objective of 99.9% allows"));
		descriptions.put("service removed from discovery", (text) -> assertThat(text)
			.contains("Prometheus has neither a target nor a metric of the service any more."));
		descriptions.put(ScenarioCatalogue.COLLECTOR_DOWN,
				(text) -> assertThat(text).contains("Spans and log records wait in the services"));
		descriptions.put("Slack refuses one channel", (text) -> assertThat(text)
			.containsAnyOf("These may have got no message: fleet-10 (#team-1-alerts).", "No instance answers: "));
		descriptions.put("40 of 50 services down", (text) -> assertThat(text)
			.containsAnyOf("80% of the services of storm do not answer, by team: team-", "Several services are down."));
		descriptions.put("one Alertmanager of a pair dead", (text) -> assertThat(text)
			.containsAnyOf("If another one of the pair does, it sends all messages.", "The health component faults"));
		descriptions.put("broken rule file", (text) -> assertThat(text).contains("drill"));
		return descriptions;
	}

	private static double number(String text, String sentence) {
		Matcher matcher = Pattern.compile("([0-9.]+)" + Pattern.quote(sentence)).matcher(text);
		assertThat(matcher.find()).as(text).isTrue();
		return Double.parseDouble(matcher.group(1));
	}

}
