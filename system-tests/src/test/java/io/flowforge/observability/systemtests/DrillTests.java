package io.flowforge.observability.systemtests;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever fails, its owner is told in Slack and by email, with the value and the limit;
 * it heals, its owner is told; and nobody is told anything else. The same exercises as
 * with {@code make drill ALL=1}.
 */
class DrillTests {

	private static RunningStack stack;

	@BeforeAll
	static void start(@TempDir Path folder) {
		stack = new RunningStack(folder, System.out::println);
	}

	@AfterAll
	static void stop() {
		if (stack != null) {
			stack.close();
		}
	}

	@TestFactory
	Stream<DynamicTest> exercises() {
		FireDrill drill = new FireDrill(stack, (row) -> {
		});
		CompletableFuture<Void> over = CompletableFuture.runAsync(drill::run, (work) -> new Thread(work).start());
		Stream<DynamicTest> exercises = drill.exercises()
			.stream()
			.map((exercise) -> DynamicTest.dynamicTest(exercise.name(), () -> assertRight(exercise)));
		Stream<DynamicTest> others = Stream.of(DynamicTest.dynamicTest("nobody is told anything else", () -> {
			over.get(10, TimeUnit.MINUTES);
			System.out
				.println(DrillTable.of(drill.exercises().stream().map((exercise) -> exercise.row().join()).toList()));
			assertThat(drill.unaccounted()).isEmpty();
		}), DynamicTest.dynamicTest("the Collector is part of it",
				() -> Assumptions.assumeThat(stack.collector())
					.as("there is no OpenTelemetry Collector; 'stack/collector' builds one")
					.isPresent()));
		return Stream.concat(exercises, others);
	}

	private static void assertRight(Exercise exercise) throws Exception {
		Row row = exercise.row().get(10, TimeUnit.MINUTES);
		assertThat(row.wrong()).isEmpty();
		Consumer<String> description = descriptions().getOrDefault(exercise.name(), (text) -> {
		});
		for (Message message : row.messages()) {
			assertThat(message.title()).startsWith("[FIRING] ");
			assertThat(exercise.expected()).anySatisfy((expected) -> assertSaysWhatAndWhose(message, expected));
		}
		row.messages().stream().map(Message::text).forEach(description);
	}

	private static void assertSaysWhatAndWhose(Message message, Exercise.Expectation expected) {
		assertThat(message.text()).contains(expected.alert().summary(), "Team: " + expected.team());
		assertThat(message.links()).extracting(Message.Link::text)
			.contains("Dashboard", "Runbook", "Silence")
			.containsAll((expected.service() != null) ? List.of("Traces", "Logs") : List.of());
		assertThat(message.links()).extracting(Message.Link::url)
			.anyMatch((url) -> url.endsWith("/runbooks/%s.md".formatted(expected.alert().label())));
	}

	// What a message says of the value and of the limit.
	private static Map<String, Consumer<String>> descriptions() {
		return Map.of("5xx burst",
				(text) -> assertThat(number(text, "% of requests failed; the limit is 5%.")).isBetween(10.0, 60.0),
				"bad deploy on one of three instances",
				(text) -> assertThat(number(text, "% of requests failed; the limit is 10%.")).isBetween(15.0, 40.0),
				"slow dependency",
				(text) -> assertThat(number(text, "% of requests took longer than 1.5s; the limit is 1%."))
					.isBetween(10.0, 100.0),
				"health check failing",
				(text) -> assertThat(text).contains("The health component faults is not up on 1 instance: "),
				"all instances killed", (text) -> assertThat(text).contains("None of its instances answers: "),
				"instance killed",
				(text) -> assertThat(text).contains("does not answer. Targets of the service that do: 2 of 3."),
				"error budget burning",
				(text) -> assertThat(text).contains("times as fast as the objective of 99.9% allows"),
				"service removed from discovery",
				(text) -> assertThat(text).contains("Prometheus knows no target and no metric of it any more."),
				Catalogue.COLLECTOR_DOWN, (text) -> assertThat(text).contains(" of the service do not arrive."),
				"broken rule file", (text) -> assertThat(text).contains("drill"));
	}

	private static double number(String text, String sentence) {
		Matcher matcher = Pattern.compile("([0-9.]+)" + Pattern.quote(sentence)).matcher(text);
		assertThat(matcher.find()).as(text).isTrue();
		return Double.parseDouble(matcher.group(1));
	}

}
