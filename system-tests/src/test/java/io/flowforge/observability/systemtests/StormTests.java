package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import io.flowforge.drill.backend.BackendConfiguration;
import io.flowforge.drill.backend.ProcessBackends;
import io.flowforge.drill.message.Message;
import io.flowforge.drill.server.AlertInbox;
import io.flowforge.drill.server.Workspace;
import io.flowforge.launcher.Http;
import io.flowforge.launcher.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many services at once, and a Slack that keeps its limits: everybody is told, and nobody
 * is flooded.
 */
class StormTests {

	private static final Duration LIMIT = Duration.ofSeconds(120);

	private static final int SERVICES = 40;

	private static final int SERVICES_OF_A_TEAM = 5;

	private static final List<String> CHANNELS = IntStream.range(0, SERVICES / SERVICES_OF_A_TEAM)
		.mapToObj((team) -> "#team-" + team)
		.toList();

	private static final Pattern SERVICE = Pattern.compile("svc-\\d+");

	private final Set<Integer> down = ConcurrentHashMap.newKeySet();

	private final ExecutorService threads = Executors.newFixedThreadPool(8);

	private ProcessBackends backends;

	private AlertInbox mailbox;

	private SlackWithLimits slack;

	private final List<HttpServer> services = new ArrayList<>();

	private URI prometheus;

	@BeforeEach
	void start(@TempDir Path folder) throws IOException {
		Workspace workspace = Workspace.ofBuild(folder);
		this.backends = TestBackends.processes(workspace);
		this.mailbox = AlertInbox.start(workspace);
		this.slack = new SlackWithLimits(Duration.ofMillis((long) (1000 / BackendConfiguration.SPEED.factor())));
		for (int service = 0; service < SERVICES; service++) {
			this.services.add(serve(service));
		}
		Path teams = Files.writeString(folder.resolve("teams.yml"), "team-0: team-0@flowforge.example\n");
		BackendConfiguration configuration = new BackendConfiguration(workspace, this.backends)
			.messagesTo(this.mailbox,
					Map.of("FLOWFORGE_PLATFORM_SLACK_CHANNEL", "#platform", "FLOWFORGE_PLATFORM_EMAIL_TO",
							"platform@flowforge.example", "FLOWFORGE_TEAM_ADDRESSES", teams.toString()))
			.target("services", targets())
			.assemble();
		Files.writeString(folder.resolve("alertmanager/secrets/slack-api-url"), this.slack.address().toString());
		configuration.startAlertmanager();
		this.prometheus = configuration.startPrometheus();
		Waiting.until("Not all services have an owner", LIMIT,
				() -> value("count(flowforge:service_owner{team!=\"unowned\"})") == SERVICES);
	}

	@AfterEach
	void stop() {
		if (this.backends != null) {
			this.backends.close();
		}
		this.services.forEach((service) -> service.stop(0));
		if (this.slack != null) {
			this.slack.close();
		}
		this.threads.shutdownNow();
		if (this.mailbox != null) {
			this.mailbox.close();
		}
	}

	@Test
	void eachChannelIsToldOnceAndThePlatformOfAllOfThem() {
		IntStream.range(0, SERVICES).forEach(this.down::add);
		for (int team = 0; team < CHANNELS.size(); team++) {
			String channel = CHANNELS.get(team);
			Set<String> services = services(team);
			Waiting.until(channel + " has not been told of all of its services", LIMIT,
					() -> this.slack.delivered(channel)
						.stream()
						.anyMatch((text) -> !text.startsWith("[RESOLVED]") && named(text).equals(services)));
		}
		Waiting.until("The platform has not been told", LIMIT,
				() -> this.slack.delivered("#platform")
					.stream()
					.anyMatch((text) -> text.contains("Many services are down.")
							&& text.contains("% of the services of prod do not answer, by team: team-")));
		// The others have no address of their own.
		Waiting.until("Not all teams have a mail", LIMIT, () -> mailed("team-0@flowforge.example").equals(services(0))
				&& mailed("on-call@flowforge.example").size() == SERVICES - SERVICES_OF_A_TEAM);

		this.down.clear();
		for (String channel : CHANNELS) {
			Waiting.until(channel + " has not been told that all is well", LIMIT,
					() -> this.slack.delivered(channel).stream().anyMatch((text) -> text.startsWith("[RESOLVED]")));
		}
		Waiting.until("An alert goes on", LIMIT,
				() -> value("count(ALERTS{alertname!=\"Watchdog\"}) or vector(0)") == 0);

		for (String channel : CHANNELS) {
			// One to say so, perhaps another for what came a moment later, and the
			// all-clear, also in parts.
			assertThat(this.slack.posts(channel)).as(channel).hasSizeLessThanOrEqualTo(6);
		}
		assertThat(this.slack.posts("#alerts")).isEmpty();
		assertThat(mails("platform@flowforge.example")).hasSizeLessThanOrEqualTo(4);
		assertThat(mails("on-call@flowforge.example").count()).isLessThanOrEqualTo(6L * CHANNELS.size());
	}

	@Test
	void whatSlackRefusesComesByMailAndThePlatformHearsOfIt() {
		this.slack.refuse("#team-3");
		this.down.add(3 * SERVICES_OF_A_TEAM);
		Waiting.until("The owner has no mail", LIMIT, () -> mails("on-call@flowforge.example").anyMatch(
				(mail) -> mail.title().contains("svc-15 (prod)") && mail.text().contains("The service is down.")));
		Waiting.until("The platform has not been told", LIMIT,
				() -> this.slack.delivered("#platform")
					.stream()
					.anyMatch((text) -> text.contains("Notifications are not delivered.")
							&& text.contains("cannot deliver through slack")
							&& text.contains("These may have got no message: svc-15 (#team-3).")));
		Waiting.until("The platform has no mail", LIMIT, () -> mails("platform@flowforge.example")
			.anyMatch((mail) -> mail.text().contains("These may have got no message: svc-15 (#team-3).")));
		assertThat(this.slack.delivered("#team-3")).isEmpty();
	}

	private Stream<Message> mails(String recipient) {
		return this.mailbox.messages()
			.after(0)
			.stream()
			.filter((message) -> message.isEmail() && message.recipients().contains(recipient));
	}

	private Set<String> mailed(String recipient) {
		return mails(recipient).flatMap((mail) -> named(mail.text()).stream()).collect(Collectors.toSet());
	}

	private static Set<String> services(int team) {
		return IntStream.range(team * SERVICES_OF_A_TEAM, (team + 1) * SERVICES_OF_A_TEAM)
			.mapToObj((service) -> "svc-" + service)
			.collect(Collectors.toSet());
	}

	private static Set<String> named(String text) {
		return SERVICE.matcher(text).results().map((result) -> result.group()).collect(Collectors.toSet());
	}

	private String targets() {
		return IntStream.range(0, SERVICES)
			.mapToObj((service) -> """
					- targets: ["127.0.0.1:%d"]
					  labels: {application: svc-%d, environment: prod}
					""".formatted(this.services.get(service).getAddress().getPort(), service))
			.collect(Collectors.joining());
	}

	private HttpServer serve(int service) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		byte[] metrics = """
				process_start_time_seconds 1700000000
				flowforge_service_info{team="team-%1$d",slack_channel="#team-%1$d"} 1
				""".formatted(service / SERVICES_OF_A_TEAM).getBytes(StandardCharsets.US_ASCII);
		server.createContext("/", (exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
			exchange.sendResponseHeaders(this.down.contains(service) ? 503 : 200, metrics.length);
			exchange.getResponseBody().write(metrics);
			exchange.close();
		});
		server.setExecutor(this.threads);
		server.start();
		return server;
	}

	private double value(String query) {
		JsonNode answer = JsonMapper.shared()
			.readTree(Http.get(this.prometheus
				.resolve("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))));
		return Double.parseDouble(answer.at("/data/result/0/value/1").asString("0"));
	}

}
