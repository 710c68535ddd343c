package io.flowforge.launcher.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.Terminal;
import io.flowforge.launcher.layout.DataFolder;
import io.flowforge.launcher.process.Ports;
import io.flowforge.launcher.settings.Setting;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Whatever is wrong is said before anything is built or started.
 */
class BringUpTests {

	/** Every setting with a value that makes no sense for it. Ports are all alike. */
	private static final Map<Setting, String> WRONG = new TreeMap<>(Map.ofEntries(Map.entry(Setting.RUNTIME, "pods"),
			Map.entry(Setting.PROFILE, "haa"), Map.entry(Setting.DATA, "relative"),
			Map.entry(Setting.CONTAINER_USER, "the user"), Map.entry(Setting.SAMPLES, "some"),
			Map.entry(Setting.COLLECTOR, "maybe"), Map.entry(Setting.COLLECTOR_CONFIG, "lost.yaml"),
			Map.entry(Setting.LOKI, "maybe"), Map.entry(Setting.TEMPO, "maybe"), Map.entry(Setting.GRAFANA, "maybe"),
			Map.entry(Setting.NOTIFY, "pigeon"), Map.entry(Setting.WATCHDOG_URL, "nobody"),
			Map.entry(Setting.GRAFANA_URL, "grafana:3000"), Map.entry(Setting.RUNBOOKS_URL, "docs/runbooks"),
			Map.entry(Setting.GRAFANA_EXPLORE, "maybe"), Map.entry(Setting.GRAFANA_ORG_ID, "main"),
			Map.entry(Setting.GRAFANA_LOKI_UID, "the logs"), Map.entry(Setting.GRAFANA_TEMPO_UID, "the traces"),
			Map.entry(Setting.PROMETHEUS_URL, "prometheus:9090"),
			Map.entry(Setting.ALERTMANAGER_URL, "alertmanager:9093"), Map.entry(Setting.TIME_ZONE, "Vienna"),
			Map.entry(Setting.WARNINGS_OFF_HOURS, "nobody"), Map.entry(Setting.SLACK_CHANNEL, "alerts"),
			Map.entry(Setting.RECEIVERS, "/nowhere"), Map.entry(Setting.TEAM_ADDRESSES, "/nowhere"),
			Map.entry(Setting.SLACK_API_URL_FILE, "/nowhere"), Map.entry(Setting.SLACK_BOT_TOKEN_FILE, "/nowhere"),
			Map.entry(Setting.SMTP_SMARTHOST, "mail.example.com"), Map.entry(Setting.SMTP_REQUIRE_TLS, "yes"),
			Map.entry(Setting.SMTP_USERNAME, "two words"), Map.entry(Setting.SMTP_PASSWORD_FILE, "/nowhere"),
			Map.entry(Setting.EMAIL_FROM, "alerts"), Map.entry(Setting.EMAIL_TO, "alerts"),
			Map.entry(Setting.SAMPLE_LIMIT, "many"), Map.entry(Setting.LABEL_LIMIT, "-1"),
			Map.entry(Setting.LABEL_VALUE_LENGTH_LIMIT, "1k"), Map.entry(Setting.TARGET_LIMIT, "1.5"),
			Map.entry(Setting.PLATFORM_NOTIFY, "pigeon"), Map.entry(Setting.PLATFORM_SLACK_CHANNEL, "alerts"),
			Map.entry(Setting.PLATFORM_SLACK_API_URL_FILE, "/nowhere"),
			Map.entry(Setting.PLATFORM_SLACK_BOT_TOKEN_FILE, "/nowhere"),
			Map.entry(Setting.PLATFORM_EMAIL_TO, "alerts"),
			Map.entry(Setting.PLATFORM_SMTP_SMARTHOST, "mail.example.com"),
			Map.entry(Setting.PLATFORM_SMTP_REQUIRE_TLS, "yes"), Map.entry(Setting.PLATFORM_SMTP_USERNAME, "two words"),
			Map.entry(Setting.PLATFORM_SMTP_PASSWORD_FILE, "/nowhere")));

	private final Map<String, String> environment = new TreeMap<>();

	private final ByteArrayOutputStream output = new ByteArrayOutputStream();

	private Path repository;

	private Path data;

	@BeforeEach
	void prepare(@TempDir Path folder) throws IOException {
		this.repository = folder.resolve("repository");
		// Nothing could be built or started here: an attempt would fail in another way.
		Files.createDirectories(this.repository.resolve("prometheus-rules"));
		Files.createDirectories(this.repository.resolve("stack/prometheus/targets"));
		Files.createDirectories(this.repository.resolve("stack/otel-collector"));
		Files.writeString(this.repository.resolve("stack/otel-collector/config.yaml"), "");
		this.data = folder.resolve("data");
		this.environment.put("FLOWFORGE_RUNTIME", "processes");
		Arrays.stream(Setting.values())
			.filter((setting) -> setting.name().endsWith("_PORT"))
			.forEach((port) -> this.environment.put(port.variable(), Integer.toString(Ports.free())));
	}

	static Set<Setting> settings() {
		return EnumSet.allOf(Setting.class);
	}

	@ParameterizedTest
	@MethodSource("settings")
	void saysInOneSentenceWhichSettingIsWrong(Setting setting) throws IOException {
		String value = setting.name().endsWith("_PORT") ? "abc" : WRONG.get(setting);
		this.environment.put(setting.variable(), value);
		assertThat(refusal()).hasLineCount(1).startsWith(setting.variable() + "=" + value + " ").endsWith(".");
		assertNothingIsWritten();
	}

	@Test
	void saysThatAFolderIsNoSecret(@TempDir Path folder) throws IOException {
		this.environment.put("FLOWFORGE_SLACK_API_URL_FILE", folder.toString());
		assertThat(refusal()).isEqualTo(
				"FLOWFORGE_SLACK_API_URL_FILE=%s is a folder: name the file that holds the URL.".formatted(folder));
		assertNothingIsWritten();
	}

	@Test
	void namesEveryTakenPortAndWhoHasIt() throws IOException {
		try (ServerSocket orders = listenOn("FLOWFORGE_ORDERS_PORT");
				ServerSocket smtp = listenOn("FLOWFORGE_SMTP_PORT")) {
			assertThat(refusal().lines()).hasSize(2)
				.anySatisfy((line) -> assertThat(line)
					.startsWith("Port %d, which orders-service needs, is taken".formatted(orders.getLocalPort()))
					.endsWith(": end that, or choose another with FLOWFORGE_ORDERS_PORT=PORT."))
				.anySatisfy((line) -> assertThat(line)
					.startsWith("Port %d, which alert-inbox needs, is taken".formatted(smtp.getLocalPort()))
					.endsWith(": end that, or choose another with FLOWFORGE_SMTP_PORT=PORT."));
		}
		assertNothingIsWritten();
	}

	@Test
	void namesTargetFileThatIsWrong() throws IOException {
		Files.writeString(this.repository.resolve("stack/prometheus/targets/own.yml"), "- targets: [localhost]");
		assertThat(refusal())
			.isEqualTo("stack/prometheus/targets/own.yml, entry 1: localhost has no port: write 'localhost:8080'.");
		assertNothingIsWritten();
	}

	@Test
	void namesFolderThatCannotBeMade(@TempDir Path folder) throws IOException {
		this.data = Files.writeString(folder.resolve("file"), "").resolve("data");
		assertThat(refusal()).startsWith(this.data + " cannot be created")
			.endsWith(": choose another folder with FLOWFORGE_DATA=FOLDER.")
			.hasLineCount(1);
	}

	@Test
	void namesEverythingThatIsWrongAtOnce() throws IOException {
		this.environment.put("FLOWFORGE_EMAIL_TO", "alerts");
		this.environment.put("FLOWFORGE_COLLECTOR_CONFIG", "lost.yaml");
		try (ServerSocket orders = listenOn("FLOWFORGE_ORDERS_PORT")) {
			assertThat(refusal()).hasLineCount(3)
				.contains("FLOWFORGE_EMAIL_TO=alerts", "FLOWFORGE_COLLECTOR_CONFIG=lost.yaml",
						"Port " + orders.getLocalPort());
		}
	}

	private String refusal() {
		Terminal terminal = new Terminal(new PrintStream(this.output, true, StandardCharsets.UTF_8), false);
		BringUp up = new BringUp(new Repository(this.repository), new DataFolder(this.data), this.environment,
				terminal);
		StackException refusal = catchThrowableOfType(StackException.class, up::run);
		assertThat(refusal).isNotNull();
		assertThat(this.output.toString(StandardCharsets.UTF_8)).isEmpty();
		return refusal.getMessage();
	}

	private void assertNothingIsWritten() throws IOException {
		if (Files.exists(this.data)) {
			try (Stream<Path> files = Files.walk(this.data)) {
				assertThat(files.filter(Files::isRegularFile).collect(Collectors.toSet())).isEmpty();
			}
		}
	}

	private ServerSocket listenOn(String port) throws IOException {
		return new ServerSocket(Integer.parseInt(this.environment.get(port)), 1, InetAddress.getLoopbackAddress());
	}

}
