package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.flowforge.drill.backend.BackendConfiguration;
import io.flowforge.drill.backend.Backends;
import io.flowforge.drill.server.AlertInbox;
import io.flowforge.drill.server.Workspace;
import io.flowforge.launcher.Http;
import io.flowforge.launcher.Repository;
import io.flowforge.launcher.Waiting;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What people read in Slack and in their mail, word for word, as a real Alertmanager
 * writes it: compared with the files in {@code src/test/resources/messages}, which
 * {@code -Dflowforge.messages.write=true} writes anew.
 */
class MessagesTests {

	private static final Repository REPOSITORY = Repository.around(Path.of(""));

	private static final Path EXPECTED = REPOSITORY.file("system-tests/src/test/resources/messages");

	private static final Duration LIMIT = Duration.ofMinutes(3);

	/** What Slack cuts off. */
	private static final int MAX_SLACK_TEXT = 8000;

	private static final String STARTED = "2026-01-02T03:04:05Z";

	// Alertmanager does not wait for the others of its group with an alert that is old,
	// so several must be new, also for the last of these tests.
	private static final String NOW = Instant.now().plusSeconds(600).truncatedTo(ChronoUnit.SECONDS).toString();

	private static final String ENDED = "2026-01-02T03:14:15Z";

	private static final String FAR_AWAY = "2099-01-01T00:00:00Z";

	private static final JsonMapper JSON = JsonMapper.shared();

	private static Backends backends;

	private static Workspace workspace;

	private static AlertInbox inbox;

	private static URI byWebhook;

	private static URI byBot;

	@BeforeAll
	static void start(@TempDir Path folder) throws IOException {
		backends = TestBackends.choose(Workspace.ofBuild(folder));
		workspace = Workspace.ofBuild(folder).listeningAt(backends.bindAddress());
		inbox = AlertInbox.start(workspace);
		byWebhook = configuration(folder.resolve("webhook")).startAlertmanager();
		BackendConfiguration bot = configuration(folder.resolve("bot"));
		Path secrets = bot.alertmanager().resolve("secrets");
		Files.writeString(secrets.resolve("slack-api-url"),
				"http://%s:%d/api/chat.postMessage".formatted(backends.thisMachine(), inbox.port()));
		Files.writeString(secrets.resolve("slack-bot-token"), "xoxb-1");
		byBot = bot.startAlertmanager();
	}

	private static BackendConfiguration configuration(Path folder) {
		return new BackendConfiguration(workspace.in(folder), backends).messagesTo(inbox).assemble();
	}

	@AfterAll
	static void stop() {
		if (backends != null) {
			backends.close();
		}
		if (inbox != null) {
			inbox.close();
		}
	}

	@Test
	void criticalAlert() throws IOException {
		expect("critical", byWebhook, alert("orders"));
	}

	@Test
	void warningOfAServiceThatNobodyOwns() throws IOException {
		expect("warning", byWebhook,
				alert("stock").label("alertname", "FlowForgeHighLatencyP99")
					.label("severity", "warning")
					.label("category", "latency")
					.label("team", "unowned")
					.label("slack_channel", null)
					.annotation("summary", "Too many requests are slow.")
					.annotation("description", "7% of requests took longer than 1.5s; the limit is 1%.")
					.annotation("limit", "1500ms")
					.annotation("worst", "Slowest on average, at 1.71s: GET /stock/{id}.")
					.annotation("instances", "They are slow on 1 of 1 instances.")
					.annotation("first_step",
							"Open the slowest request in Traces: its longest span shows where the time goes.")
					.annotation("runbook_url", "http://localhost:8090/runbooks/FlowForgeHighLatencyP99.md"));
	}

	@Test
	void alertThatIsOver() throws IOException {
		expect("firing-then-over", byWebhook, alert("carts"));
		expect("over", byWebhook, alert("carts").endsAt(ENDED));
	}

	@Test
	void alertOfOneClusterSilencesNoOther() throws IOException {
		expect("cluster", byWebhook, alert("ferries").label("cluster", "north"));
	}

	@Test
	void twoAlertsOfOneService() throws IOException {
		expect("two", byWebhook, alert("mail").startsAt(NOW),
				alert("mail").startsAt(NOW)
					.label("alertname", "FlowForgeInstanceDown")
					.label("instance", "10.0.0.7:8080")
					.label("severity", "warning")
					.label("category", "availability")
					.annotation("summary", "An instance is down.")
					.annotation("description", "1 of 3 instances is down: 10.0.0.7:8080.")
					.withoutDetails()
					.annotation("first_step", "Restart the instance, or take it out of traffic; keep its logs."));
	}

	/**
	 * The critical ones come first, and what is alike is one.
	 * @throws IOException if the expectation cannot be read
	 */
	@Test
	void fiftyInstancesDownAndTenCriticalHealthChecks() throws IOException {
		List<TestAlert> alerts = new ArrayList<>();
		for (int i = 10; i < 60; i++) {
			String instance = "10.0.0.%d:8080".formatted(i);
			alerts.add(alert("many").startsAt(NOW)
				.label("alertname", "FlowForgeInstanceDown")
				.label("instance", instance)
				.label("severity", "warning")
				.label("category", "availability")
				.annotation("summary", "An instance is down.")
				.annotation("description", "50 of 80 instances are down, %s among them.".formatted(instance))
				.withoutDetails());
		}
		for (int i = 10; i < 20; i++) {
			alerts.add(alert("many").startsAt(NOW)
				.label("alertname", "FlowForgeHealthCheckFailing")
				.label("component", "part-" + i)
				.label("category", "health")
				.annotation("summary", "A health check fails.")
				.annotation("description", "The health component part-%d is not up on 3 instances.".formatted(i))
				.withoutDetails());
		}
		expect("many", byWebhook, alerts.toArray(TestAlert[]::new));
	}

	@Test
	void moreKindsOfAlertsThanAnybodyReads() throws IOException {
		List<TestAlert> alerts = new ArrayList<>();
		for (int i = 10; i < 22; i++) {
			alerts.add(alert("kinds").startsAt(NOW).label("alertname", "Kind" + i));
		}
		expect("kinds", byWebhook, alerts.toArray(TestAlert[]::new));
	}

	@Test
	void severalServicesOfAChannelAreOneMessageAndOneAllClear() throws IOException {
		expect("several", byWebhook, several().map((alert) -> alert.startsAt(NOW)).toArray(TestAlert[]::new));
		expect("several-over", byWebhook, several().map((alert) -> alert.endsAt(ENDED)).toArray(TestAlert[]::new));
	}

	private static Stream<TestAlert> several() {
		return Stream.of("billing", "carts", "search")
			.map((application) -> alert(application).label("alertname", "FlowForgeServiceDownAmongMany")
				.label("category", "availability")
				.label("team", application.equals("search") ? "catalogue" : "checkout")
				.label("slack_channel", "#shop-alerts")
				.annotation("summary", "Several services are down.")
				.annotation("description",
						"%s does not answer. Services of this channel that are down: 3.".formatted(application))
				.withoutDetails()
				.annotation("first_step", "See what these services share: a deployment, a machine, a database."));
	}

	@Test
	void alertAboutNoService() throws IOException {
		expect("meta", byWebhook,
				new TestAlert().label("alertname", "FlowForgeNotificationsFailing")
					.label("severity", "critical")
					.label("category", "meta")
					.label("team", "platform")
					.label("instance", "localhost:9093")
					.annotation("summary", "Notifications are not delivered.")
					.annotation("description",
							"Prometheus at localhost:9090 cannot send alerts to http://am-2:9093/api/v2/alerts.")
					.annotation("runbook_url", "http://localhost:8090/runbooks/FlowForgeNotificationsFailing.md"));
	}

	@Test
	void hostileValues() throws IOException {
		String hostile = "<!channel> <@U012AB3CD> </p><script>alert(1)</script> {{ .Labels }} ```\n*x*\r\nBcc: all@acme.example \u202etxt.exe\u0007 http://evil.example \"quoted\" & \ud83d\udd25";
		expect("hostile", byWebhook,
				alert(hostile).label("team", hostile)
					.label("environment", hostile)
					.label("severity", hostile)
					.label("slack_channel", "#general<!channel>")
					.annotation("summary", hostile)
					.annotation("description", hostile)
					.annotation("worst", hostile)
					.annotation("instances", hostile)
					.annotation("first_step", hostile)
					.annotation("runbook_url", "https://evil.example/\" onclick=\"alert(1)|<!channel>"));
	}

	@Test
	void endlessValues() throws IOException {
		String endless = "0123456789".repeat(1000);
		List<TestAlert> alerts = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			alerts.add(alert("endless-" + endless).startsAt(NOW)
				.label("alertname", "Kind" + i)
				.label("team", endless)
				.annotation("summary", endless)
				.annotation("description", endless)
				.annotation("worst", endless)
				.annotation("instances", endless)
				.annotation("first_step", endless)
				.annotation("runbook_url", "https://wiki.example/" + endless));
		}
		expect("endless", byWebhook, alerts.toArray(TestAlert[]::new));
	}

	@Test
	void botPostsToTheTeamsChannelAndWhereThatIsNoneToTheDefault() throws IOException {
		expect("bot", byBot, alert("bots"));
		expect("bot-by-id", byBot, alert("bots-id").label("slack_channel", "C012AB3CD"));
		expect("bot-no-channel", byBot, alert("bots-nowhere").label("slack_channel", "mallory@example.com"));
	}

	@Test
	void mailGoesToTheAddressesThatThePlatformKeepsForATeam(@TempDir Path folder) throws IOException {
		Path teams = Files.writeString(folder.resolve("teams.yml"), """
				checkout: checkout@acme.example, lead@acme.example
				Data & Search: search@acme.example
				""");
		URI alertmanager = new BackendConfiguration(workspace.in(folder), backends)
			.messagesTo(inbox,
					Map.of("FLOWFORGE_TEAM_ADDRESSES", teams.toString(), "FLOWFORGE_EMAIL_TO", "on-call@acme.example"))
			.assemble()
			.startAlertmanager();
		assertThat(recipients(alertmanager, "checkout")).containsExactly("checkout@acme.example", "lead@acme.example");
		assertThat(recipients(alertmanager, "Data & Search")).containsExactly("search@acme.example");
		assertThat(recipients(alertmanager, "boss@acme.example")).containsExactly("on-call@acme.example");
		assertThat(recipients(alertmanager, null)).containsExactly("on-call@acme.example");
	}

	private static List<String> recipients(URI alertmanager, String team) {
		long known = messages(0).stream().mapToLong((message) -> message.path("id").asLong()).max().orElse(0);
		Http.send("POST", alertmanager.resolve("/api/v2/alerts"),
				JSON.writeValueAsString(List.of(alert("mail-of-" + known).label("team", team).asSent())));
		return await("mail of team " + team, known, "email").path("recipients")
			.valueStream()
			.map(JsonNode::asString)
			.toList();
	}

	/**
	 * Where it is always night, what need not wake anybody is not told. The one that is
	 * told was posted last, so that the others have had their time.
	 * @param folder where Alertmanager runs
	 * @throws IOException if the configuration cannot be changed
	 */
	@Test
	void outsideWorkingHoursOnlyWhatNeedsSomebodyIsTold(@TempDir Path folder) throws IOException {
		BackendConfiguration configuration = configuration(folder);
		Path file = configuration.alertmanager().resolve("alertmanager.yml");
		String text = Files.readString(file);
		String night = text.replaceAll("(?s)(name: outside-working-hours\n    time_intervals:\n).*?\n\n",
				"$1      - times: [{start_time: '00:00', end_time: '24:00'}]\n\n");
		assertThat(night).isNotEqualTo(text);
		Files.writeString(file, night);
		URI alertmanager = configuration.startAlertmanager();
		long known = messages(0).stream().mapToLong((message) -> message.path("id").asLong()).max().orElse(0);
		for (TestAlert alert : List.of(alert("night-info").label("severity", "info"),
				alert("night-staging").label("environment", "staging"),
				alert("night-dev").label("environment", "Dev").label("severity", "warning"),
				alert("night-prod").label("severity", "warning"))) {
			Http.send("POST", alertmanager.resolve("/api/v2/alerts"), JSON.writeValueAsString(List.of(alert.asSent())));
		}
		await("night-prod", known, "slack-");
		await("night-prod", known, "email");
		assertThat(messages(known)).allMatch((message) -> message.path("title").asString("").contains("night-prod"));
	}

	private static TestAlert alert(String application) {
		return new TestAlert().label("alertname", "FlowForgeHighErrorRatio")
			.label("environment", "prod")
			.label("application", application)
			.label("team", "checkout")
			.label("slack_channel", "#checkout-alerts")
			.label("severity", "critical")
			.label("category", "errors")
			.annotation("summary", "Too many requests fail.")
			.annotation("description", "30% of requests failed; the limit is 5%.")
			.annotation("worst", "80% of the failures: GET /orders/{id}, NullPointerException.")
			.annotation("instances", "They fail on 2 of 3 instances; the newest started 12m 3s ago.")
			.annotation("first_step",
					"If it was deployed just before, roll back. Otherwise open a failed request in Traces.")
			.annotation("runbook_url", "http://localhost:8090/runbooks/FlowForgeHighErrorRatio.md");
	}

	private void expect(String name, URI alertmanager, TestAlert... alerts) throws IOException {
		long known = messages(0).stream().mapToLong((message) -> message.path("id").asLong()).max().orElse(0);
		Http.send("POST", alertmanager.resolve("/api/v2/alerts"),
				JSON.writeValueAsString(Stream.of(alerts).map(TestAlert::asSent).toList()));
		JsonNode slack = await(name, known, "slack-");
		JsonNode email = await(name, known, "email");
		assertThat(attachment(slack).path("text").asString()).hasSizeLessThan(MAX_SLACK_TEXT);
		String actual = (describeSlack(slack) + describeEmail(email)).replace(told(NOW), told(STARTED))
			.replace(milliseconds(NOW, -15), milliseconds(STARTED, -15))
			.replace(milliseconds(NOW, 5), milliseconds(STARTED, 5))
			.replaceAll("http://[^/\\s]+:" + alertmanager.getPort(), "http://alertmanager");
		Path file = EXPECTED.resolve(name + ".txt");
		if (Boolean.getBoolean("flowforge.messages.write")) {
			Files.writeString(file, actual);
		}
		assertThat(actual).as("%s; -Dflowforge.messages.write=true writes it anew", file)
			.isEqualTo(Files.readString(file));
	}

	private static String told(String time) {
		return DateTimeFormatter.ofPattern("HH:mm:ss 'UTC on' d MMMM", Locale.ENGLISH)
			.withZone(ZoneOffset.UTC)
			.format(Instant.parse(time));
	}

	private static String milliseconds(String time, int minutesLater) {
		return Long.toString(Instant.parse(time).plusSeconds(60L * minutesLater).toEpochMilli());
	}

	private static JsonNode await(String name, long known, String way) {
		return Waiting.forValue("The message \"%s\" has not come by %s".formatted(name, way), LIMIT,
				() -> messages(known).stream()
					.filter((message) -> message.path("via").asString("").startsWith(way))
					.findFirst());
	}

	private static List<JsonNode> messages(long after) {
		return Optional.of(Http.get(inbox.address().resolve("/api/messages?after=" + after)))
			.map(JSON::readTree)
			.orElseThrow()
			.valueStream()
			.toList();
	}

	private static String describeSlack(JsonNode message) {
		JsonNode sent = attachment(message);
		assertThat(sent.path("fallback")).isEqualTo(sent.path("title"));
		return "--- Slack, %s, %s%n%s%n%s%n%s%n%n".formatted(message.path("channel").asString(""),
				sent.path("color").asString(""), sent.path("title").asString(""), sent.path("title_link").asString(""),
				sent.path("text").asString(""));
	}

	private static JsonNode attachment(JsonNode message) {
		return JSON.readTree(message.path("raw").asString("")).at("/attachments/0");
	}

	private static String describeEmail(JsonNode message) {
		List<String> recipients = message.path("recipients").valueStream().map(JsonNode::asString).toList();
		return "--- Email, %s%n%s%n%s%n%n--- Email, HTML%n%s".formatted(String.join(", ", recipients),
				message.path("title").asString(""), message.path("text").asString(""),
				message.path("html").asString(""));
	}

	/**
	 * An alert as Prometheus sends it.
	 */
	private static final class TestAlert {

		private final Map<String, String> labels = new LinkedHashMap<>();

		private final Map<String, String> annotations = new LinkedHashMap<>();

		private String startsAt = STARTED;

		private String endsAt = FAR_AWAY;

		TestAlert label(String name, String value) {
			if (value != null) {
				this.labels.put(name, value);
			}
			else {
				this.labels.remove(name);
			}
			return this;
		}

		TestAlert annotation(String name, String value) {
			this.annotations.put(name, value);
			return this;
		}

		// Of a rule that does not ask for what only the rule for failing requests does.
		TestAlert withoutDetails() {
			this.annotations.keySet().removeAll(List.of("worst", "instances", "first_step"));
			return annotation("runbook_url",
					"http://localhost:8090/runbooks/%s.md".formatted(this.labels.get("alertname")));
		}

		TestAlert startsAt(String time) {
			this.startsAt = time;
			return this;
		}

		TestAlert endsAt(String time) {
			this.endsAt = time;
			return this;
		}

		Map<String, Object> asSent() {
			return Map.of("labels", this.labels, "annotations", this.annotations, "startsAt", this.startsAt, "endsAt",
					this.endsAt);
		}

	}

}
