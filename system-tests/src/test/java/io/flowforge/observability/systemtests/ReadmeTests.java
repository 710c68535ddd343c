package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.flowforge.launcher.Http;
import io.flowforge.launcher.Repository;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.process.Ports;
import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.RequiredPrograms;
import io.flowforge.launcher.process.RunningServer;
import io.flowforge.launcher.process.ServerCommand;
import io.flowforge.launcher.process.ServerStarter;
import io.flowforge.launcher.settings.Setting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Follows the README to the letter, from a clean copy of the repository to the alert of a
 * service of one's own and its all-clear: each of its commands, and what it says to
 * write. There is no Docker, and it is always Saturday night. Only ports and the local
 * Maven repository are the test's own.
 */
class ReadmeTests {

	private static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(10);

	private static final Duration TIMEOUT = Duration.ofMinutes(2);

	private static final String SERVICE_PORT = "8080";

	/** As for all JVMs of the tests: the second compiler would not pay off. */
	private static final List<String> JAVA_OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

	private final ScheduledExecutorService clients = Executors.newSingleThreadScheduledExecutor();

	private final Map<String, String> environment = new TreeMap<>();

	private final Stopwatch stopwatch = new Stopwatch();

	private final int port = Ports.free();

	@TempDir
	private Path folder;

	private Path copy;

	private RunningServer payments;

	@BeforeEach
	void prepare() throws IOException {
		List.of("prometheus", "promtool", "amtool", "git", "make").forEach(RequiredPrograms::require);
		this.copy = CleanCopy.of(Repository.around(Path.of("")).root(), this.folder.resolve("flowforge"));
		alwaysSaturdayNight();
		for (Setting setting : Setting.values()) {
			boolean isPort = setting.name().endsWith("_PORT");
			this.environment.put(setting.variable(), isPort ? Integer.toString(Ports.free()) : "");
		}
		this.environment.put("FLOWFORGE_RUNTIME", "processes");
		this.environment.put("JAVA_HOME", System.getProperty("java.home"));
		// What the README installs is for this test only.
		this.environment.put("MAVEN_OPTS", String.join(" ", JAVA_OPTIONS) + " -Dmaven.repo.local="
				+ CleanCopy.ofMavenRepository(this.folder.resolve("m2")));
		this.environment.put("SPRING_PROFILES_ACTIVE", "");
	}

	// Nothing but that time: the routes stay as they are.
	private void alwaysSaturdayNight() throws IOException {
		Path file = this.copy.resolve("alertmanager/alertmanager.yml");
		String text = Files.readString(file);
		String always = "\ntime_intervals:\n  - name: outside-working-hours\n    time_intervals:\n"
				+ "      - times: [{start_time: '00:00', end_time: '24:00'}]\n";
		String changed = Pattern.compile("(?s)\\ntime_intervals:\\n.*?\\n(?=\\S)").matcher(text).replaceFirst(always);
		assertThat(changed).isNotEqualTo(text);
		Files.writeString(file, changed);
	}

	@AfterEach
	void endEverything() {
		this.clients.shutdownNow();
		if (this.payments != null) {
			this.payments.kill();
		}
		if (this.copy != null) {
			run("make down");
		}
	}

	@Test
	void leadsFromCloneToTheAlertOfOnesOwnServiceAndItsAllClear() throws IOException {
		Readme readme = Readme.read(this.copy);
		assertThat(readme.commands()).contains("make dev", "make drill", "make drill SERVICE=payments",
				"make unwatch NAME=payments", "make down");
		for (String command : readme.commands()) {
			if (command.startsWith("make watch")) {
				this.stopwatch.time("own service built and started", () -> startPayments(readme));
			}
			this.stopwatch.time(command, () -> {
				String output = command.equals("make drill SERVICE=payments") ? drillPayments(command)
						: succeed(command);
				assertSaysWhatIsTrue(command, output);
			});
		}
		System.out.println(this.stopwatch);
	}

	private void assertSaysWhatIsTrue(String command, String output) {
		if (command.equals("make dev")) {
			assertThat(output.lines()).as(output).hasSizeLessThan(40);
			assertThat(output).doesNotContain("[INFO]", "BUILD SUCCESS").contains("make watch NAME=");
		}
		else if (command.startsWith("make watch")) {
			// The environment is the profile's, in the target as in the telemetry.
			assertThat(output).contains("payments (dev) is watched.", "dev, as in its traces and logs",
					"billing, #billing-alerts", "2 % of requests", "0.8 s", "not muted");
		}
	}

	private void startPayments(Readme readme) throws IOException {
		Repository repository = Repository.around(Path.of(""));
		Path project = CleanCopy.ofFolder(repository.file("system-tests/src/test/resources/payments"),
				this.folder.resolve("payments"));
		Path pom = project.resolve("pom.xml");
		String versions = Files.readString(repository.file("pom.xml"));
		Files.writeString(pom,
				Files.readString(pom)
					.replace("<!-- DEPENDENCY OF THE README -->", readme.dependency())
					.replace("SPRING_BOOT_VERSION", version(versions, "spring-boot.version"))
					.replace("COMPILER_PLUGIN_VERSION", version(versions, "maven-compiler-plugin.version"))
					.replace("RESOURCES_PLUGIN_VERSION", version(versions, "maven-resources-plugin.version"))
					.replace("JAR_PLUGIN_VERSION", version(versions, "maven-jar-plugin.version")));
		Files.createDirectories(project.resolve("src/main/resources"));
		Files.writeString(project.resolve("src/main/resources/application.yml"), readme.applicationYaml());
		succeed("./mvnw -B -ntp -q -f %s package".formatted(pom));
		List<String> command = new ArrayList<>(List.of(Programs.java(), "-Xmx192m"));
		command.addAll(JAVA_OPTIONS);
		command.addAll(List.of("-jar", project.resolve("target/payments.jar").toString(), "--server.port=" + this.port,
				"--spring.profiles.active=dev", "--flowforge.observability.otlp.endpoint=http://localhost:"
						+ this.environment.get(Setting.OTLP_HTTP_PORT.variable())));
		URI health = URI.create("http://localhost:%d/actuator/health".formatted(this.port));
		this.payments = ServerStarter.start(
				new ServerCommand("payments", project, command, Map.of(), health, List.of()),
				this.folder.resolve("payments.log"));
		Waiting.until("payments does not start", TIMEOUT, () -> Http.answers(health));
		this.clients.scheduleAtFixedRate(this::pay, 0, 100, TimeUnit.MILLISECONDS);
	}

	private static String version(String pom, String property) {
		return pom.substring(pom.indexOf("<" + property + ">") + property.length() + 2,
				pom.indexOf("</" + property + ">"));
	}

	private void pay() {
		Http.answers(URI.create("http://localhost:%d/pay".formatted(this.port)));
	}

	private void setBroken(boolean broken) {
		Http.send(HttpRequest.newBuilder(URI.create("http://localhost:%d/broken".formatted(this.port)))
			.header("Content-Type", "text/plain")
			.PUT(HttpRequest.BodyPublishers.ofString(Boolean.toString(broken))));
	}

	// The drill says what to break and when all is to be well again; a person does it.
	private String drillPayments(String command) throws IOException {
		Path output = this.folder.resolve("drill.txt");
		ProcessBuilder builder = new ProcessBuilder("sh", "-c", command).directory(this.copy.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		builder.environment().putAll(this.environment);
		Process drill = builder.start();
		try {
			Waiting.until("the drill does not say what to break", TIMEOUT, () -> {
				String said = said(output);
				assertThat(drill.isAlive()).as(said).isTrue();
				return said.contains("500");
			});
			setBroken(true);
			this.stopwatch.time("  from the failure to the message", () -> awaitMessages("firing"));
			Waiting.until("the drill does not show the message", TIMEOUT, () -> said(output).contains("[CRITICAL]"));
			setBroken(false);
			this.stopwatch.time("  from the end of the failure to the all-clear", () -> awaitMessages("resolved"));
			Waiting.until("the drill does not end", TIMEOUT, () -> !drill.isAlive());
			assertThat(drill.exitValue()).as(Files.readString(output)).isZero();
			return Files.readString(output);
		}
		finally {
			drill.descendants().forEach(ProcessHandle::destroy);
			drill.destroy();
		}
	}

	private void awaitMessages(String status) {
		URI messages = URI
			.create("http://localhost:%s/api/messages".formatted(this.environment.get(Setting.INBOX_PORT.variable())));
		List<String> missing = new ArrayList<>(List.of("slack-webhook", "email"));
		Waiting.until("no message that payments is " + status, TIMEOUT, () -> {
			Http.json(messages)
				.valueStream()
				.filter((message) -> message.path("status").asString("").equals(status))
				.filter((message) -> message.path("title").asString("").contains("payments (dev)"))
				.map((JsonNode message) -> message.path("via").asString(""))
				.forEach(missing::remove);
			return missing.isEmpty();
		});
	}

	private static String said(Path output) {
		try {
			return Files.readString(output);
		}
		catch (IOException ex) {
			return "";
		}
	}

	private String succeed(String command) {
		Programs.Result result = run(command);
		assertThat(result.status()).as("%s:%n%s", command, result.output()).isZero();
		return result.output();
	}

	private Programs.Result run(String command) {
		String own = command.replace(":" + SERVICE_PORT, ":" + this.port);
		return Programs.run(this.copy, this.environment, "", COMMAND_TIMEOUT, List.of("sh", "-c", own));
	}

}
