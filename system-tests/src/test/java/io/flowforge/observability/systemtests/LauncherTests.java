package io.flowforge.observability.systemtests;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stack of processes from {@code stack/up} to {@code stack/down}. What happens when it
 * cannot come up is in {@link LauncherFailureTests}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LauncherTests {

	// Where there is none, the stack is up without it.
	private static final boolean COLLECTOR = Program
		.run(Repository.file("stack"), Map.of(), "", Repository.file("stack/collector").toString(), "--no-build")
		.status() == 0;

	private static final List<String> BACKENDS = Stream.of("loki", "tempo", "grafana")
		.filter((program) -> Program.find(program).isPresent())
		.toList();

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static Path data;

	private static Launcher launcher;

	private static Program.Result up;

	@BeforeAll
	static void bringUp(@TempDir Path folder) {
		Launcher.requireBackends();
		data = folder.resolve("data");
		launcher = new Launcher(Repository.file(""), data);
		up = launcher.run("up");
	}

	@AfterAll
	static void endAll() {
		if (launcher != null) {
			launcher.close();
		}
	}

	@Test
	@Order(1)
	void linksLeadToEverything() {
		assertThat(up.status()).as(up.output()).isZero();
		List<URI> links = Pattern.compile("http://\\S+")
			.matcher(up.output())
			.results()
			.map(MatchResult::group)
			.map(URI::create)
			.toList();
		assertThat(links).extracting(URI::getPort)
			.filteredOn((port) -> port != launcher.port("FLOWFORGE_GRAFANA_PORT"))
			.containsExactlyInAnyOrder(launcher.port("FLOWFORGE_ORDERS_PORT"),
					launcher.port("FLOWFORGE_INVENTORY_PORT"), launcher.port("FLOWFORGE_INBOX_PORT"),
					launcher.port("FLOWFORGE_PROMETHEUS_PORT"), launcher.port("FLOWFORGE_ALERTMANAGER_PORT"));
		assertThat(links).allSatisfy((link) -> assertThat(Http.get(link)).isNotEmpty());
		List<String> parts = new ArrayList<>(
				List.of("alert-inbox", "alertmanager", "inventory-service", "orders-service", "prometheus"));
		if (COLLECTOR) {
			parts.add("otel-collector");
		}
		parts.addAll(BACKENDS);
		assertThat(launcher.noted()).containsOnlyKeys(parts);
		if (BACKENDS.isEmpty()) {
			assertThat(up.output()).contains("Not on the PATH, and done without: loki, tempo, grafana.");
		}
	}

	@Test
	@Order(2)
	void loadsWhatTheRepositorySaysWhenItIsAlreadyUp() {
		launcher.run("pace", "20").orElseThrow();
		Map<String, ProcessHandle> before = launcher.noted();
		Program.Result again = launcher.run("up");
		assertThat(again.status()).isZero();
		assertThat(again.output()).startsWith("Already up, in processes")
			.contains("http://localhost:" + launcher.port("FLOWFORGE_ORDERS_PORT"));
		assertThat(launcher.noted()).isEqualTo(before);
		assertThat(secondsUntilErrorsAlert()).isEqualTo(300);
	}

	@Test
	@Order(3)
	void keepsItsPaceWhenAnotherIsRefused() {
		Program.Result refused = launcher.run("pace", "0");
		assertThat(refused.status()).isNotZero();
		assertThat(refused.output()).hasLineCount(1).contains("'0'");
		assertThat(data.resolve("prometheus/config")).isDirectoryNotContaining("glob:**.new");
		assertThat(secondsUntilErrorsAlert()).isEqualTo(300);
	}

	@Test
	@Order(4)
	void runsFasterWhileAskedTo() {
		launcher.run("pace", "20").orElseThrow();
		assertThat(secondsUntilErrorsAlert()).isEqualTo(15);
		// At the pace of people, that would take half a minute.
		List<String> targets = new ArrayList<>(
				List.of(address("FLOWFORGE_ORDERS_PORT"), address("FLOWFORGE_INVENTORY_PORT"),
						address("FLOWFORGE_PROMETHEUS_PORT"), address("FLOWFORGE_ALERTMANAGER_PORT")));
		if (COLLECTOR) {
			targets.add(address("FLOWFORGE_COLLECTOR_PORT"));
		}
		BACKENDS.forEach(
				(backend) -> targets.add(address("FLOWFORGE_%s_PORT".formatted(backend.toUpperCase(Locale.ROOT)))));
		await("all targets being scraped", () -> upTargets().count() == targets.size());
		assertThat(upTargets()).containsExactlyInAnyOrderElementsOf(targets);
		launcher.run("pace", "1").orElseThrow();
		assertThat(secondsUntilErrorsAlert()).isEqualTo(300);
	}

	@Test
	@Order(5)
	void partsKnowEachOther() {
		await("Prometheus knowing Alertmanager", () -> data("alertmanagers").path("activeAlertmanagers").size() == 1);
		assertThat(data("alertmanagers").at("/activeAlertmanagers/0/url").stringValue())
			.contains("localhost:" + launcher.port("FLOWFORGE_ALERTMANAGER_PORT"));
		// Not left to Prometheus, which may have had its first one to tell before it knew
		// whom.
		Http.send("POST", URI.create("http://" + address("FLOWFORGE_ALERTMANAGER_PORT") + "/api/v2/alerts"),
				"[{\"labels\":{\"alertname\":\"Watchdog\"}}]");
		URI inbox = URI.create("http://" + address("FLOWFORGE_INBOX_PORT") + "/");
		await("the inbox hearing the Watchdog", () -> Http.get(inbox).contains("Watchdog last heard"));
	}

	@Test
	@Order(6)
	void restartsOnePart() {
		Map<String, ProcessHandle> before = launcher.noted();
		launcher.run("service", "restart", "alertmanager").orElseThrow();
		Map<String, ProcessHandle> after = launcher.noted();
		assertThat(Http.get(URI.create("http://" + address("FLOWFORGE_ALERTMANAGER_PORT") + "/-/ready"))).isNotEmpty();
		assertThat(after.remove("alertmanager")).isNotEqualTo(before.remove("alertmanager"));
		assertThat(after).isEqualTo(before);
	}

	@Test
	@Order(7)
	void leavesNothingWhenItIsTakenDown() {
		assertThat(launcher.running()).hasSize(5);
		Collection<ProcessHandle> noted = launcher.noted().values();
		Program.Result down = launcher.run("down");
		assertThat(down.status()).isZero();
		assertThat(down.output()).isEqualTo("Everything is down.\n");
		assertThat(launcher.running()).isEmpty();
		await("the end of every process", () -> noted.stream().noneMatch(ProcessHandle::isAlive));
		assertThat(launcher.notes()).isEmpty();
		Program.Result again = launcher.run("down");
		assertThat(again.status()).isZero();
		assertThat(again.output()).isEqualTo("Nothing was running.\n");
	}

	private static String address(String port) {
		return "localhost:" + launcher.port(port);
	}

	private static double secondsUntilErrorsAlert() {
		return data("rules").path("groups")
			.valueStream()
			.flatMap((group) -> group.path("rules").valueStream())
			.filter((rule) -> rule.path("name").stringValue().equals("FlowForgeHighErrorRatio"))
			.findFirst()
			.orElseThrow()
			.path("duration")
			.doubleValue();
	}

	private static Stream<String> upTargets() {
		return data("targets").path("activeTargets")
			.valueStream()
			.filter((target) -> target.path("health").stringValue().equals("up"))
			.map((target) -> target.at("/labels/instance").stringValue());
	}

	private static JsonNode data(String what) {
		URI prometheus = URI.create("http://" + address("FLOWFORGE_PROMETHEUS_PORT"));
		return JsonMapper.shared().readTree(Http.get(prometheus.resolve("/api/v1/" + what))).path("data");
	}

	private static void await(String what, Supplier<Boolean> condition) {
		Waiting.until(what, LIMIT, () -> Optional.of(true).filter((yes) -> condition.get()), Waiting.SILENTLY);
	}

}
