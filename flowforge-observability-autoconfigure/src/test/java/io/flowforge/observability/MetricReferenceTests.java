package io.flowforge.observability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.flowforge.observability.testing.TestService;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Whether the table in {@code docs/reference/metrics.md} has the metrics that a service
 * exports. With {@code -Dflowforge.docs.write=true} it is written anew.
 */
class MetricReferenceTests {

	private static final Path PAGE = Path.of("../docs/reference/metrics.md");

	private static final Pattern GENERATED = Pattern
		.compile("(?s)(<!-- Written by \"make docs\".*?-->\n\n)(.*)(\n<!-- From here on written by hand\\. -->)");

	private static final Pattern FAMILY = Pattern
		.compile("(?m)^# HELP (flowforge_\\w+) (.*)\n# TYPE flowforge_\\w+ (\\w+)$");

	private static final Pattern LABEL = Pattern.compile("[{,](\\w+)=\"");

	@Test
	void tableHasTheMetricsOfAService() throws IOException {
		String table = table(scrape());
		assertThat(table).contains("`flowforge_health_status`", "`flowforge_service_version`",
				"`flowforge_slo_objective`");
		String page = Files.readString(PAGE);
		Matcher generated = GENERATED.matcher(page);
		assertThat(generated.find()).isTrue();
		String expected = page.substring(0, generated.end(1)) + table + page.substring(generated.start(3));
		if (Boolean.getBoolean("flowforge.docs.write")) {
			Files.writeString(PAGE, expected);
		}
		assertThat(Files.readString(PAGE).equals(expected))
			.withFailMessage("docs/reference/metrics.md has not the metrics that a service exports: run \"make docs\".")
			.isTrue();
	}

	private static String scrape() {
		try (TestService service = TestService.start(new Class<?>[] { Maintenance.class },
				"flowforge.observability.alerts.slo-objective=99.5%", "flowforge.observability.service.version=1.4.2",
				"flowforge.observability.health.interval=100ms", "management.tracing.sampling.probability=0.5")) {
			service.get("/hello");
			return await().until(service::scrape, (scrape) -> scrape.contains("flowforge_health_status{"));
		}
	}

	private static String table(String scrape) {
		return "| metric | type | labels | value |\n|---|---|---|---|\n" + FAMILY.matcher(scrape)
			.results()
			.sorted(Comparator.comparing((family) -> family.group(1)))
			.map((family) -> "| `%s` | %s | %s | %s |\n".formatted(family.group(1), family.group(3),
					labels(scrape, family.group(1)), family.group(2)))
			.collect(Collectors.joining());
	}

	private static String labels(String scrape, String family) {
		Set<String> labels = new LinkedHashSet<>();
		scrape.lines()
			.filter((line) -> line.matches(family + "(_bucket|_count|_sum)?\\{.*"))
			.forEach(
					(line) -> LABEL.matcher(line).results().forEach((label) -> labels.add("`" + label.group(1) + "`")));
		return String.join(", ", labels);
	}

	@Configuration(proxyBeanMethods = false)
	static class Maintenance {

		@Bean
		HealthIndicator maintenance() {
			return () -> Health.outOfService().build();
		}

	}

}
