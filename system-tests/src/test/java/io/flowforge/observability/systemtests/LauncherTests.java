package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.flowforge.launcher.Http;
import io.flowforge.launcher.Repository;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.build.StandIn;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.RequiredPrograms;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stack of processes from {@code stack/launch up} to {@code stack/launch down}. What
 * happens when it cannot come up is in {@link LauncherFailureTests}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LauncherTests {

	private static final String[] NODE_EXPORTER = { "node_exporter", "prometheus-node-exporter" };

	private static final List<String> BACKENDS = backends();

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private static Launcher launcher;

	private static Programs.Result up;

	// Where there is none, the stack is up without it.
	private static boolean collector;

	private static List<String> backends() {
		List<String> backends = new ArrayList<>(List.of("loki", "tempo", "grafana"));
		backends.removeIf((program) -> Programs.find(program).isEmpty());
		Programs.find(NODE_EXPORTER).ifPresent((program) -> backends.add("node-exporter"));
		return backends;
	}

	@BeforeAll
	static void bringUp(@TempDir Path folder) {
		Launcher.requireBackends();
		launcher = new Launcher(Launcher.repository(), folder.resolve("data"));
		collector = launcher.run("collector", "--no-build").isSuccess();
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
	void startsEveryPartInFewLinesThatLeadToIt() {
		assertThat(up.status()).as(up.output()).isZero();
		assertThat(up.output().lines()).hasSizeLessThan(30);
		assertThat(up.output()).doesNotContain("[INFO]", "[WARNING]", "BUILD");
		assertThat(up.output().contains("node-exporter is left out")).isNotEqualTo(BACKENDS.contains("node-exporter"));
		List<String> parts = new ArrayList<>(
				List.of("alert-inbox", "alertmanager", "inventory-service", "orders-service", "prometheus"));
		if (collector) {
			parts.add("otel-collector");
		}
		parts.addAll(BACKENDS);
		parts.addAll(standIns());
		assertThat(launcher.noted()).containsOnlyKeys(parts);
		List<URI> links = Pattern.compile("(?m)^  [a-z-]+ +(http://\\S+) +pid \\d+ +\\d+ MB +up$")
			.matcher(up.output())
			.results()
			.map((MatchResult link) -> URI.create(link.group(1)))
			.toList();
		assertThat(links).hasSameSizeAs(parts).allSatisfy((link) -> assertThat(Http.answers(link)).isTrue());
	}

	private static List<String> standIns() {
		Repository repository = Repository.around(Path.of(""));
		return Stream.of(Part.ZIPKIN, Part.VICTORIA_LOGS)
			.filter((part) -> collector && !BACKENDS.contains((part == Part.ZIPKIN) ? "tempo" : "loki"))
			.filter((part) -> StandIn.of(part, repository).find().isPresent())
			.map(Part::id)
			.toList();
	}

	@Test
	@Order(2)
	void touchesNothingWhenNothingHasChanged() {
		Map<String, ProcessHandle> before = launcher.noted();
		launcher.set("FLOWFORGE_NOTIFY", "none");
		Programs.Result again = launcher.run("up");
		launcher.set("FLOWFORGE_NOTIFY", "");
		assertThat(again.status()).as(again.output()).isZero();
		assertThat(again.output()).contains("Already up; nothing has changed.\n")
			.contains("FLOWFORGE_NOTIFY is not in force: the stack is up with other settings");
		assertThat(launcher.noted()).isEqualTo(before);
	}

	@Test
	@Order(3)
	void runsFasterUntilItIsBroughtUpAgain() {
		launcher.run("pace", "20").orElseThrow();
		assertThat(secondsUntilErrorsAlert()).isEqualTo(15);
		Programs.Result refused = launcher.run("pace", "0");
		assertThat(refused.status()).isEqualTo(1);
		assertThat(refused.output()).hasLineCount(1).contains("'0'");
		assertThat(secondsUntilErrorsAlert()).isEqualTo(15);
		// At the pace of people, that would take half a minute.
		List<String> targets = new ArrayList<>(List.of(instance(Part.ORDERS_SERVICE), instance(Part.INVENTORY_SERVICE),
				instance(Part.PROMETHEUS), instance(Part.ALERTMANAGER)));
		if (collector) {
			targets.add("localhost:" + launcher.port("FLOWFORGE_COLLECTOR_PORT"));
		}
		BACKENDS.forEach((backend) -> targets.add(instance(Part.of(backend).orElseThrow())));
		await("Not all targets are scraped", () -> upTargets().count() == targets.size());
		assertThat(upTargets()).containsExactlyInAnyOrderElementsOf(targets);
		Map<String, ProcessHandle> before = launcher.noted();
		launcher.run("up").orElseThrow();
		assertThat(secondsUntilErrorsAlert()).isEqualTo(300);
		assertThat(launcher.noted()).isEqualTo(before);
	}

	@Test
	@Order(4)
	void partsKnowEachOther() {
		await("Prometheus does not know Alertmanager",
				() -> data("alertmanagers").path("activeAlertmanagers").size() == 1);
		assertThat(data("alertmanagers").at("/activeAlertmanagers/0/url").stringValue())
			.contains(instance(Part.ALERTMANAGER));
		// Not left to Prometheus, which may have had its first one to tell before it knew
		// whom.
		Http.send("POST", launcher.address(Part.ALERTMANAGER, "/api/v2/alerts"),
				"[{\"labels\":{\"alertname\":\"Watchdog\"}}]");
		await("The inbox has not heard the Watchdog",
				() -> Http.get(launcher.address(Part.ALERT_INBOX, "/")).contains("Watchdog last heard"));
	}

	@Test
	@Order(5)
	void showsWhatRunsAndWhoIsWatched() {
		Programs.Result status = launcher.run("status");
		assertThat(status.status()).as(status.output()).isZero();
		assertThat(status.output()).containsPattern("orders-service +demo +" + instance(Part.ORDERS_SERVICE))
			.containsPattern("alertmanager .* pid " + launcher.noted().get("alertmanager").pid())
			.contains("the same way; FLOWFORGE_PLATFORM_… gives them another.");
	}

	// The alert itself would need a disk that is almost full.
	@Test
	@Order(6)
	void ruleSeesHowFullTheDiskIs() throws IOException {
		RequiredPrograms.require(NODE_EXPORTER);
		FileStore disk = Files.getFileStore(Launcher.repository());
		Assumptions.assumeFalse(disk.type().matches("tmpfs|overlay"), "The repository is in memory or in a container");
		String left = rule("FlowForgeDiskFilling").path("query").stringValue().split(" < 0[.]1")[0];
		await("The rule does not see " + disk,
				() -> launcher.prometheus()
					.query(left)
					.stream()
					.anyMatch((row) -> row.label("device").equals(disk.name())
							&& Math.abs(row.value() - shareLeft(disk)) < 0.01));
	}

	private static double shareLeft(FileStore disk) {
		try {
			return (double) disk.getUsableSpace() / disk.getTotalSpace();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	@Order(7)
	void restartsOnePart() {
		Map<String, ProcessHandle> before = launcher.noted();
		launcher.run("part", "restart", "alertmanager").orElseThrow();
		assertOnlyTheseAreNew(before, "alertmanager");
		Programs.Result unknown = launcher.run("part", "restart", "alertmanger");
		assertThat(unknown.status()).isEqualTo(1);
		assertThat(unknown.output()).hasLineCount(1).contains("'alertmanger'", "alertmanager");
	}

	@Test
	@Order(8)
	void startsOnlyTheTwoPartsThatAreDead() {
		Map<String, ProcessHandle> before = launcher.noted();
		kill("orders-service");
		kill("prometheus");
		Programs.Result status = launcher.run("status");
		assertThat(status.status()).isEqualTo(1);
		assertThat(status.output()).containsPattern("orders-service .*not running");
		Programs.Result watch = launcher.run("watch", "--name=payments", "--url=http://localhost:8080");
		assertThat(watch.status()).isEqualTo(1);
		assertThat(watch.output())
			.isEqualTo("Prometheus does not answer, so nothing can be watched: 'make dev' starts it again.\n");
		assertThat(launcher.run("up").orElseThrow()).contains("orders-service was down and is started.",
				"prometheus was down and is started.");
		assertOnlyTheseAreNew(before, "orders-service", "prometheus");
	}

	@Test
	@Order(9)
	void startsOnlyTheOnePartThatIsDeadAsSoonAsNobodyElseHasItsPort() throws IOException {
		Map<String, ProcessHandle> before = launcher.noted();
		kill("alertmanager");
		int port = launcher.port("FLOWFORGE_ALERTMANAGER_PORT");
		try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			Programs.Result refused = launcher.run("up");
			assertThat(refused.status()).isEqualTo(1);
			assertThat(refused.output()).hasLineCount(1)
				.startsWith("Port %d, which alertmanager needs, is taken".formatted(other.getLocalPort()));
			before.forEach(
					(name, process) -> assertThat(process.isAlive()).as(name).isEqualTo(!name.equals("alertmanager")));
		}
		launcher.run("up").orElseThrow();
		assertOnlyTheseAreNew(before, "alertmanager");
	}

	@Test
	@Order(10)
	void refusesWrongSettingAndGoesOnRunning() {
		Map<String, ProcessHandle> before = launcher.noted();
		launcher.set("FLOWFORGE_PROFILE", "haa");
		Programs.Result refused = launcher.run("up");
		assertThat(refused.status()).isEqualTo(1);
		assertThat(refused.output()).isEqualTo("FLOWFORGE_PROFILE=haa must be ha or slim.\n");
		assertThat(launcher.noted()).isEqualTo(before);
	}

	// Also with the wrong setting of the test before.
	@Test
	@Order(11)
	void leavesNothingWhenItIsTakenDown() {
		assertThat(launcher.running()).hasSizeGreaterThanOrEqualTo(5);
		Collection<ProcessHandle> noted = launcher.noted().values();
		Programs.Result down = launcher.run("down");
		assertThat(down.output()).isEqualTo("Everything is down.\n");
		assertThat(down.status()).isZero();
		assertThat(launcher.running()).isEmpty();
		await("Not every process has ended", () -> noted.stream().noneMatch(ProcessHandle::isAlive));
		assertThat(launcher.notes()).isEmpty();
		Programs.Result again = launcher.run("down");
		assertThat(again.output()).isEqualTo("Nothing was running.\n");
		assertThat(again.status()).isZero();
	}

	// On the data of a stack that had them, and with another program at their port.
	@Test
	@Order(12)
	void samplesCanBeLeftOutAndNobodyIsPagedForThat() throws IOException {
		launcher.withAlertingOnly();
		launcher.set("FLOWFORGE_SAMPLES", "no");
		int port = launcher.port("FLOWFORGE_ORDERS_PORT");
		try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			Programs.Result without = launcher.run("up");
			assertThat(without.status()).as("with port %d taken: %s", other.getLocalPort(), without.output()).isZero();
			assertThat(without.output()).contains("make drill SERVICE=payments")
				.doesNotContain("orders-service", "inventory-service", "break a sample");
		}
		assertThat(launcher.noted()).containsKeys("alert-inbox", "alertmanager", "prometheus")
			.doesNotContainKeys("orders-service", "inventory-service");
		await("Alertmanager is not scraped", () -> upTargets().anyMatch(instance(Part.ALERTMANAGER)::equals));
		assertThat(launcher.prometheus().targets()).isEmpty();
		Programs.Result status = launcher.run("status");
		assertThat(status.status()).as(status.output()).isZero();
		assertThat(status.output()).contains("Prometheus watches no service yet: make watch NAME=payments")
			.doesNotContain("orders-service");
		Programs.Result drill = launcher.run("drill");
		assertThat(drill.status()).isEqualTo(1);
		assertThat(drill.output()).endsWith(
				"orders-service is not part of this stack (FLOWFORGE_SAMPLES=no): run 'make drill SERVICE=payments' with a service of yours that is watched.\n");
		// What Prometheus remembers of them would be an alert for six hours. Until it is
		// started with the flags of this pace, it looks back by minutes.
		launcher.run("pace", "20").orElseThrow();
		launcher.run("part", "restart", "prometheus").orElseThrow();
		await("The samples are not retired", () -> samples("flowforge:service_retired").count() == 2);
		assertThat(samples("last_over_time(flowforge:service[1h])")).hasSize(2);
		await("The samples are still known", () -> samples("flowforge:service_known").findAny().isEmpty());
	}

	private static Stream<String> samples(String rule) {
		return launcher.prometheus()
			.query(rule)
			.stream()
			.map((row) -> row.label("application"))
			.filter((name) -> List.of("orders-service", "inventory-service").contains(name));
	}

	private static void kill(String part) {
		ProcessHandle process = launcher.noted().get(part);
		process.destroyForcibly();
		await(part + " does not end", () -> !process.isAlive());
	}

	private static void assertOnlyTheseAreNew(Map<String, ProcessHandle> before, String... parts) {
		Map<String, ProcessHandle> expected = new TreeMap<>(before);
		Map<String, ProcessHandle> after = launcher.noted();
		for (String part : parts) {
			assertThat(after.remove(part)).as(part).isNotNull().isNotEqualTo(expected.remove(part));
		}
		assertThat(after).isEqualTo(expected);
		Arrays.stream(parts)
			.map((part) -> Part.of(part).orElseThrow())
			.forEach((part) -> assertThat(
					Http.answers(launcher.address(part, Part.SAMPLES.contains(part) ? "/actuator/health" : "/-/ready")))
				.isTrue());
	}

	private static String instance(Part part) {
		return launcher.address(part, "").getAuthority();
	}

	private static double secondsUntilErrorsAlert() {
		return rule("FlowForgeHighErrorRatio").path("duration").doubleValue();
	}

	private static JsonNode rule(String name) {
		return data("rules").path("groups")
			.valueStream()
			.flatMap((group) -> group.path("rules").valueStream())
			.filter((rule) -> rule.path("name").stringValue().equals(name))
			.findFirst()
			.orElseThrow();
	}

	private static Stream<String> upTargets() {
		return data("targets").path("activeTargets")
			.valueStream()
			.filter((target) -> target.path("health").stringValue().equals("up"))
			.map((target) -> target.at("/labels/instance").stringValue());
	}

	private static JsonNode data(String what) {
		return Http.json(launcher.address(Part.PROMETHEUS, "/api/v1/" + what)).path("data");
	}

	private static void await(String complaint, BooleanSupplier condition) {
		Waiting.until(complaint, LIMIT, condition);
	}

}
