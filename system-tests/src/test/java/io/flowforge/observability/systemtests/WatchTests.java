package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import io.flowforge.launcher.Http;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.process.Ports;
import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.RunningServer;
import io.flowforge.launcher.process.ServerCommand;
import io.flowforge.launcher.process.ServerStarter;
import io.flowforge.launcher.runtime.Prometheus;
import io.flowforge.launcher.runtime.SampleCommand;
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
 * Services of a person's own that are watched, by a stack whose messages go to a real
 * Slack, while messages about environments without users are muted.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WatchTests {

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private static Path copy;

	private static Path data;

	private static Launcher launcher;

	private static String mutedUntil;

	private static int paymentsPort;

	private static RunningServer payments;

	/** What payments says of itself. */
	private static String page;

	private static HttpServer billing;

	private static HttpServer guarded;

	@BeforeAll
	static void bringUp(@TempDir Path folder) throws IOException {
		Launcher.requireBackends();
		copy = Launcher.copyOfRepository(folder);
		data = folder.resolve("data");
		mutedUntil = MutedRepository.muteForDays(copy);
		launcher = new Launcher(copy, data);
		launcher.withAlertingOnly();
		launcher.set("FLOWFORGE_SLACK_API_URL_FILE",
				Files.writeString(folder.resolve("webhook"), "https://localhost:%d/".formatted(Ports.free()))
					.toString());
		paymentsPort = Ports.free();
		payments = start("payments", paymentsPort, "--flowforge.observability.service.environment=dev");
		guarded = serve(0, Map.of("/", "401", "/wrong", "404", "/plain", "a_metric 1.0\n"));
		launcher.run("up").orElseThrow();
		launcher.run("pace", "20").orElseThrow();
		URI metrics = URI.create(localhost(paymentsPort) + "/actuator/prometheus");
		Waiting.until("payments does not start", LIMIT, () -> Http.answers(metrics));
		page = Http.get(metrics);
		billing = serve(0, Map.of("/actuator/prometheus", page));
	}

	@AfterAll
	static void end() {
		Stream.of(guarded, billing).filter(Objects::nonNull).forEach((server) -> server.stop(0));
		if (payments != null) {
			payments.kill();
		}
		if (launcher != null) {
			launcher.close();
		}
	}

	@ParameterizedTest
	@Order(1)
	@CsvSource(delimiter = '|',
			textBlock = """
					my service | http://localhost:8080  | NAME=my service must be
					payments   | http://localhost:18080 | URL=http://localhost:18080 is watched already, as orders-service (demo), by a file in stack/prometheus/targets.
					""")
	void writesNothingWhenItIsAskedForSomethingImpossible(String name, String url, String sentence) {
		Programs.Result refused = watch(name, url);
		assertThat(refused.status()).isEqualTo(1);
		assertThat(refused.output()).hasLineCount(1).contains(sentence);
		assertThat(targetFiles()).isEmpty();
	}

	// Whoever names no environment gets the one that traces and logs of the service have.
	@Test
	@Order(2)
	void takesTheEnvironmentFromTheService() {
		Programs.Result watch = watch("payments", localhost(paymentsPort), "--environment=", "--team=");
		assertThat(watch.status()).as(watch.output()).isZero();
		assertThat(watch.output()).contains("payments (dev) is watched.")
			.contains("scrape       up, " + localhost(paymentsPort) + "/actuator/prometheus")
			.contains("owner        checkout, #checkout-alerts")
			.contains("limits       5 % of requests may fail, 99 of 100 take less than 2 s")
			.contains("environment  dev, as in its traces and logs")
			.contains("messages     Slack");
		assertThat(targets("payments")).singleElement()
			.satisfies((target) -> assertThat(target.label("environment")).isEqualTo("dev"));
	}

	@Test
	@Order(3)
	void saysUntilWhenMessagesAreMutedAndWhatDiffers() {
		Programs.Result watch = watch("payments", localhost(paymentsPort), "--environment=staging", "--team=billing");
		assertThat(watch.status()).as(watch.output()).isZero();
		assertThat(watch.output()).contains("MUTED until " + mutedUntil)
			.contains("TEAM=billing differs: the service says checkout (flowforge.observability.service.team).")
			.contains("staging here, but dev in its traces and logs");
		assertThat(targets("payments")).singleElement()
			.satisfies((target) -> assertThat(target.label("environment")).isEqualTo("staging"));
	}

	@Test
	@Order(4)
	void messagesAboutAnEnvironmentWithUsersAreNotMutedAndAnotherNameIsNoticed() {
		Programs.Result watch = watch("billing", localhost(port(billing)), "--environment=prod");
		assertThat(watch.status()).as(watch.output()).isZero();
		assertThat(watch.output()).contains("not muted now").doesNotContain("MUTED");
		// What is served there is the page of payments.
		assertThat(watch.output()).contains("billing here, but payments in its traces and logs");
	}

	@Test
	@Order(5)
	void refusesAddressOfAnotherServiceAndKeepsBoth() {
		Programs.Result refused = watch("billing", localhost(paymentsPort), "--environment=prod");
		assertThat(refused.status()).isEqualTo(1);
		assertThat(refused.output()).isEqualTo(
				"URL=http://localhost:%d is watched already, as payments (staging): 'make unwatch NAME=payments' ends that.\n"
					.formatted(paymentsPort));
		assertThat(targets("billing")).singleElement()
			.satisfies((target) -> assertThat(target.label("instance")).isEqualTo("localhost:" + port(billing)));
	}

	@ParameterizedTest
	@Order(6)
	@CsvSource(delimiter = '|',
			textBlock = """
					GUARDED                             | answers 401: the service requires a login.             | 401
					GUARDED/wrong                       | answers 404: nothing is there.                         | 404
					GUARDED/plain                       | has metrics, but not those of the starter.             | flowforge-observability-starter
					""")
	void saysWhyAServiceCannotBeWatched(String url, String reason, String detail) {
		String address = url.replace("GUARDED", localhost(port(guarded)));
		// Of its own, each: another URL of the same service replaces the one before.
		Programs.Result watch = watch("shop", address, "--environment=dev");
		assertThat(watch.status()).as(watch.output()).isEqualTo(1);
		assertThat(watch.output()).contains(reason).contains(detail).doesNotContain("Exception");
		assertThat(targetFiles()).contains("shop.yml");
	}

	@Test
	@Order(7)
	void tellsTheTruthAsSoonAsTheServiceIsThere() throws IOException {
		int port = Ports.free();
		Programs.Result refused = watch("shop", localhost(port), "--environment=dev");
		assertThat(refused.output()).contains("Nobody listens at http://localhost:%d/".formatted(port))
			.contains("connection refused");
		assertThat(refused.status()).isEqualTo(1);
		HttpServer shop = serve(port, Map.of("/actuator/prometheus", page));
		try {
			Programs.Result watch = watch("shop", localhost(port), "--environment=dev");
			assertThat(watch.output()).contains("shop (dev) is watched.");
			assertThat(watch.status()).isZero();
		}
		finally {
			shop.stop(0);
		}
		launcher.run("unwatch", "--name=shop").orElseThrow();
	}

	// The other one disappears without a word, and shows that the alert would have come.
	@Test
	@Order(8)
	void nobodyIsPagedForAServiceThatIsNoLongerWatched() throws IOException {
		Waiting.until("The rules do not know both services", LIMIT,
				() -> launcher.prometheus()
					.query("flowforge:service_known{application=~\"payments|billing\", environment=~\"staging|prod\"}")
					.size() == 2);
		Programs.Result unwatch = launcher.run("unwatch", "--name=payments");
		assertThat(unwatch.output()).isEqualTo("payments is no longer watched, and nobody is paged for that.\n");
		assertThat(unwatch.status()).isZero();
		assertThat(targetFiles()).containsExactly("billing.yml");
		Waiting.until("payments is still a target", LIMIT, () -> targets("payments").isEmpty());
		Files.delete(data.resolve("prometheus/config/targets/billing.yml"));
		Waiting.until("Nothing says that billing has vanished", LIMIT, () -> vanished().contains("billing"));
		assertThat(vanished()).containsOnly("billing");
		Programs.Result again = launcher.run("unwatch", "--name=payments");
		assertThat(again.status()).isEqualTo(1);
		assertThat(again.output())
			.isEqualTo("NAME=payments is not watched by 'make watch'. These services are: billing.\n");
	}

	private static List<String> vanished() {
		return launcher.prometheus()
			.firing()
			.stream()
			.filter((labels) -> labels.get("alertname").equals("FlowForgeServiceVanished"))
			.map((labels) -> labels.get("application"))
			.toList();
	}

	private static Programs.Result watch(String name, String url, String... more) {
		return launcher.run(Stream.concat(Stream.of("watch", "--name=" + name, "--url=" + url), Stream.of(more))
			.toArray(String[]::new));
	}

	private static List<Prometheus.Target> targets(String application) {
		Predicate<Prometheus.Target> wanted = (target) -> target.label("application").equals(application);
		return launcher.prometheus().targets().stream().filter(wanted).toList();
	}

	private static List<String> targetFiles() {
		String[] files = data.resolve("targets").toFile().list();
		return (files != null) ? List.of(files) : List.of();
	}

	private static String localhost(int port) {
		return "http://localhost:" + port;
	}

	private static int port(HttpServer server) {
		return server.getAddress().getPort();
	}

	private static RunningServer start(String name, int port, String... arguments) {
		List<String> all = new ArrayList<>(List.of("--spring.application.name=" + name,
				"--management.tracing.export.otlp.enabled=false", "--management.logging.export.otlp.enabled=false"));
		all.addAll(List.of(arguments));
		ServerCommand command = SampleCommand.of(name,
				Launcher.repository().resolve("samples/orders-service/target/orders-service.jar"), data.resolve(name),
				"127.0.0.1", port, all);
		return ServerStarter.start(command, data.resolve(name + ".log"));
	}

	// With a status, or with a page.
	private static HttpServer serve(int port, Map<String, String> answers) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
		answers.forEach((path, answer) -> server.createContext(path, (exchange) -> {
			byte[] body = answer.getBytes(StandardCharsets.UTF_8);
			boolean status = answer.matches("\\d+");
			exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
			exchange.sendResponseHeaders(status ? Integer.parseInt(answer) : 200, status ? -1 : body.length);
			exchange.getResponseBody().write(body, 0, status ? 0 : body.length);
			exchange.close();
		}));
		server.start();
		return server;
	}

}
