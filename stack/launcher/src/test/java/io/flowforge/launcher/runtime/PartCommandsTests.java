package io.flowforge.launcher.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.process.ServerCommand;
import io.flowforge.launcher.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PartCommandsTests {

	private final Repository repository = Repository.around(Path.of(""));

	@TempDir
	private Path folder;

	@Test
	void grafanaIsGivenWhatItsFilesAskFor() throws IOException {
		String files = Files.readString(this.repository.file("grafana/provisioning/datasources/flowforge.yml"))
				+ Files.readString(this.repository.file("grafana/provisioning/dashboards/flowforge.yml"));
		Set<String> asked = Pattern.compile("(?m)(?:url|path): \\$([A-Z_]+)$")
			.matcher(files)
			.results()
			.map((variable) -> variable.group(1))
			.collect(Collectors.toSet());
		assertThat(asked).hasSize(5);
		Map<String, String> given = BackendCommands.grafanaEnvironment(this.repository, this.folder, 3000,
				"http://localhost:3000/", commands(Map.of()).grafanaSources());
		assertThat(given).containsKeys(asked.toArray(String[]::new));
	}

	@Test
	void samplesSendTheirTelemetryOnlyWhereACollectorTakesIt() {
		assertThat(commands(Map.of("FLOWFORGE_OTLP_HTTP_PORT", "1234")).of(Part.ORDERS_SERVICE).command())
			.contains("--flowforge.observability.otlp.endpoint=http://localhost:1234");
		assertThat(commands(Map.of("FLOWFORGE_COLLECTOR", "no")).of(Part.ORDERS_SERVICE).command())
			.contains("--management.tracing.export.otlp.enabled=false");
	}

	// If the Collector is left out on purpose, the user may have one of their own at its
	// port.
	@Test
	void inboxTakesTelemetryOnlyWhereTheCollectorIsWantedAndMissing() {
		String drain = "--inbox.otlp.port=1234";
		Map<String, String> port = Map.of("FLOWFORGE_OTLP_HTTP_PORT", "1234");
		assertThat(commands(port, Part.OTEL_COLLECTOR).of(Part.ALERT_INBOX).command()).contains(drain);
		assertThat(commands(port).of(Part.ALERT_INBOX).command()).doesNotContain(drain);
		Map<String, String> leftOut = Map.of("FLOWFORGE_OTLP_HTTP_PORT", "1234", "FLOWFORGE_COLLECTOR", "no");
		assertThat(commands(leftOut, Part.OTEL_COLLECTOR).of(Part.ALERT_INBOX).command()).doesNotContain(drain);
	}

	@Test
	void messagesHaveTheAddressesAndTheTimeZoneOfThePeopleWhoReadThem() {
		PartCommands commands = commands(Map.of("FLOWFORGE_ALERTMANAGER_URL", "https://acme.example/alerts",
				"FLOWFORGE_PROMETHEUS_URL", "https://acme.example/prometheus", "FLOWFORGE_TIME_ZONE", "Europe/Vienna"));
		ServerCommand alertmanager = commands.of(Part.ALERTMANAGER);
		assertThat(alertmanager.command()).contains("--web.external-url=https://acme.example/alerts",
				"--web.route-prefix=/");
		assertThat(alertmanager.environment()).containsEntry("TZ", "Europe/Vienna");
		assertThat(commands.of(Part.ALERT_INBOX).command()).contains("--inbox.time-zone=Europe/Vienna");
		assertThat(commands.of(Part.PROMETHEUS).command())
			.contains("--web.external-url=https://acme.example/prometheus", "--web.route-prefix=/");
	}

	@Test
	void everyPartIsStartedAnewWhenAPortOfItsOwnChanges() {
		String before = commands(Map.of()).of(Part.ALERT_INBOX).fingerprint();
		assertThat(commands(Map.of()).of(Part.ALERT_INBOX).fingerprint()).isEqualTo(before);
		assertThat(commands(Map.of("FLOWFORGE_SMTP_PORT", "1234")).of(Part.ALERT_INBOX).fingerprint())
			.isNotEqualTo(before);
	}

	private PartCommands commands(Map<String, String> environment, Part... absent) {
		Settings settings = Settings.of(environment);
		List<Part> parts = Part.wantedBy(settings).stream().filter((part) -> !List.of(absent).contains(part)).toList();
		return new PartCommands(this.repository, new DataFolder(this.folder), settings, parts,
				(part) -> this.folder.resolve(part.id() + ".jar"), () -> this.folder.resolve("otelcol"));
	}

}
