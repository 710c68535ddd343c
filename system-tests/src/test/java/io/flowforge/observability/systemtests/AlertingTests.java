package io.flowforge.observability.systemtests;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service fails, its owner is told in Slack and by email; it heals, its owner is told;
 * and nobody is told anything else.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AlertingTests {

	private static final Duration LIMIT = Duration.ofSeconds(90);

	private static Duration slowest = Duration.ZERO;

	private static RunningStack stack;

	private static Traffic traffic;

	@BeforeAll
	static void start(@TempDir Path folder) {
		stack = new RunningStack(folder);
		traffic = new Traffic(stack.orders().address(), 20);
		traffic.start();
		Waiting.until("both services being scraped", LIMIT, () -> scraped(2), Waiting.SILENTLY);
	}

	@AfterAll
	static void stop() {
		if (traffic != null) {
			traffic.close();
		}
		if (stack != null) {
			stack.close();
		}
	}

	@ParameterizedTest
	@EnumSource
	@Order(1)
	void ownerIsToldOfTheFaultAndOfItsEnd(Fault fault) {
		long known = stack.inbox().newest();
		Instant broken = Instant.now();
		breakOrders(fault);
		Message slack = await(known, fault, "firing", Message::isSlack);
		Message email = await(known, fault, "firing", Message::isEmail);
		slowest = max(slowest, Duration.between(broken, Instant.now()));
		assertThat(slack.channel()).isEqualTo("#checkout-alerts");
		assertThat(slack.title()).startsWith("[FIRING] ").contains("orders-service (demo)");
		assertThat(email.recipients()).containsExactly("on-call@flowforge.example");
		assertThat(email.title()).isEqualTo("[FIRING] orders-service (demo): " + fault.summary());
		for (Message message : List.of(slack, email)) {
			assertThat(message.text()).contains("Team: checkout");
			assertValueAndLimit(fault, message.text());
		}
		healOrders(fault);
		assertThat(await(known, fault, "resolved", Message::isSlack).channel()).isEqualTo("#checkout-alerts");
		await(known, fault, "resolved", Message::isEmail);
	}

	@Test
	@Order(2)
	void nobodyIsToldAnythingWhileAllIsWell() {
		long known = stack.inbox().newest();
		Instant start = Instant.now();
		Waiting.until("the time in which the slowest alert fired", LIMIT.multipliedBy(2),
				() -> Optional.of(true)
					.filter((passed) -> Duration.between(start, Instant.now()).compareTo(slowest) > 0),
				Waiting.SILENTLY);
		String fired = "count by (alertname) (count_over_time(ALERTS{alertstate=\"firing\"}[%dms]))"
			.formatted(slowest.toMillis());
		assertThat(stack.query(fired).map((alert) -> alert.at("/metric/alertname").stringValue()))
			.containsExactly("Watchdog");
		assertThat(stack.inbox().after(known)).isEmpty();
		assertThat(stack.query("flowforge:http_requests:rate5m{application=\"orders-service\"} > 10")).isNotEmpty();
		assertThat(stack.inboxPage()).contains("Watchdog last heard");
	}

	private static void assertValueAndLimit(Fault fault, String text) {
		switch (fault) {
			case ERRORS -> assertThat(percentage(text, "of requests failed; the limit is 10%.")).isBetween(15.0, 25.0);
			case LATENCY -> assertThat(percentage(text, "of requests took longer than 1.5s; the limit is 1%."))
				.isBetween(20.0, 100.0);
			case HEALTH -> assertThat(text).contains("The health component faults is not up on 1 instance: ")
				.contains(":" + stack.orders().port());
			case DOWN ->
				assertThat(text).contains("None of its instances answers: ").contains(":" + stack.orders().port());
		}
	}

	private static double percentage(String text, String sentence) {
		Matcher matcher = Pattern.compile("([0-9.]+)% " + Pattern.quote(sentence)).matcher(text);
		assertThat(matcher.find()).as(text).isTrue();
		return Double.parseDouble(matcher.group(1));
	}

	private static void breakOrders(Fault fault) {
		if (fault.settings() != null) {
			new FaultSwitch(stack.orders().address()).set(fault.settings());
		}
		else {
			stack.orders().close();
		}
	}

	private static void healOrders(Fault fault) {
		if (fault.settings() != null) {
			new FaultSwitch(stack.orders().address()).heal();
		}
		else {
			stack.orders().restart();
		}
	}

	private static Message await(long known, Fault fault, String status, Predicate<Message> way) {
		Predicate<Message> kind = (message) -> message.isAbout(status, "orders-service", fault.summary());
		return Waiting.until("a message \"%s\" about %s".formatted(status, fault), LIMIT,
				() -> stack.inbox().firstAfter(known, kind.and(way)), Waiting.SILENTLY);
	}

	private static Optional<Boolean> scraped(int services) {
		return Optional.of(true).filter((yes) -> stack.query("up{application!=\"\"} == 1").count() == services);
	}

	private static Duration max(Duration left, Duration right) {
		return (left.compareTo(right) > 0) ? left : right;
	}

}
