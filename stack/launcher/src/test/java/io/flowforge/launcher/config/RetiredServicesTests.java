package io.flowforge.launcher.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.RequiredPrograms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which services {@link RetiredServices} remembers, and for how long.
 */
class RetiredServicesTests {

	private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

	private static final Service ORDERS = new Service("demo", "orders");

	private static final Service PAYMENTS = new Service("dev", "payments: 'x'");

	private final RetiredServices none = RetiredServices.parse("");

	@Test
	void remembersWhatIsMissing() {
		RetiredServices retired = this.none.next(List.of(ORDERS, PAYMENTS), List.of(ORDERS), NOON);
		assertThat(retired.since()).containsExactly(Map.entry(PAYMENTS, NOON));
	}

	@Test
	void countsFromTheFirstTimeAndForgetsAfterSevenHours() {
		RetiredServices retired = this.none.next(List.of(PAYMENTS), List.of(), NOON);
		Duration sevenHours = Duration.ofHours(7);
		assertThat(retired.next(List.of(), List.of(), NOON.plus(sevenHours)).since())
			.containsExactly(Map.entry(PAYMENTS, NOON));
		assertThat(retired.next(List.of(PAYMENTS), List.of(), NOON.plus(sevenHours)).since())
			.containsExactly(Map.entry(PAYMENTS, NOON));
		assertThat(retired.next(List.of(), List.of(), NOON.plus(sevenHours).plusSeconds(1)).since()).isEmpty();
	}

	@Test
	void forgetsWhatIsBack() {
		RetiredServices retired = this.none.next(List.of(PAYMENTS), List.of(), NOON);
		assertThat(retired.next(List.of(), List.of(PAYMENTS), NOON).since()).isEmpty();
	}

	@Test
	void isReadAsItWasWritten() {
		RetiredServices retired = this.none.next(List.of(ORDERS, PAYMENTS), List.of(), NOON);
		assertThat(RetiredServices.parse(retired.text())).isEqualTo(retired);
		assertThat(RetiredServices.parse(this.none.text())).isEqualTo(this.none);
	}

	@Test
	void hasARowForEach() {
		RetiredServices retired = this.none.next(List.of(ORDERS, PAYMENTS), List.of(), NOON);
		assertThat(TestRepository.data(retired.rules())).isEqualTo(Map.of("groups",
				List.of(Map.of("name", "flowforge-retired", "rules", List.of(rule(ORDERS), rule(PAYMENTS))))));
	}

	@Test
	void rowsAreRulesForPromtool(@TempDir Path folder) throws IOException {
		Files.writeString(folder.resolve("retired.yml"),
				this.none.next(List.of(ORDERS, PAYMENTS), List.of(), NOON).rules());
		String promtool = RequiredPrograms.require("promtool").toString();
		assertThat(Programs.run(folder, promtool, "check", "rules", "--lint=all", "--lint-fatal", "retired.yml")
			.orElseThrow()).contains("SUCCESS: 2 rules found");
	}

	private static Map<String, Object> rule(Service service) {
		return Map.of("record", "flowforge:service_retired", "expr", "vector(1)", "labels",
				Map.of("environment", service.environment(), "application", service.application()));
	}

}
