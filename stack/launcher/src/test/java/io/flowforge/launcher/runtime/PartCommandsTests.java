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
import io.flowforge.launcher.layout.DataFolder;
import io.flowforge.launcher.layout.Part;
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
		Map<String, String> given = GrafanaCommand.environment(this.repository, this.folder, 3000,
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

	@Test
	void collectorDeliversToWhatIsThere() {
		assertThat(commands(Map.of()).of(Part.OTEL_COLLECTOR).environment())
			.containsEntry("COLLECTOR_TRACES_EXPORTER", "otlp_http/traces")
			.containsEntry("COLLECTOR_LOGS_ENDPOINT", "http://127.0.0.1:3100/otlp");
		Map<String, String> ports = Map.of("FLOWFORGE_ZIPKIN_PORT", "1234", "FLOWFORGE_VICTORIA_LOGS_PORT", "1235");
		assertThat(commands(ports, Part.LOKI, Part.TEMPO).of(Part.OTEL_COLLECTOR).environment())
			.containsEntry("COLLECTOR_TRACES_EXPORTER", "zipkin")
			.containsEntry("COLLECTOR_ZIPKIN_ENDPOINT", "http://127.0.0.1:1234/api/v2/spans")
			.containsEntry("COLLECTOR_LOGS_EXPORTER", "otlp_http/logs")
			.containsEntry("COLLECTOR_LOGS_ENDPOINT", "http://127.0.0.1:1235/insert/opentelemetry");
		assertThat(
				commands(Map.of("FLOWFORGE_LOKI", "no"), Part.TEMPO, Part.ZIPKIN).of(Part.OTEL_COLLECTOR).environment())
			.containsEntry("COLLECTOR_TRACES_EXPORTER", "nop")
			.containsEntry("COLLECTOR_LOGS_EXPORTER", "nop");
	}

	@Test
	void collectorWritesAFileForTheInboxWhereNobodyTakesLogs() {
		PartCommands commands = commands(Map.of(), Part.LOKI, Part.VICTORIA_LOGS);
		Map<String, String> environment = commands.of(Part.OTEL_COLLECTOR).environment();
		assertThat(environment).containsEntry("COLLECTOR_LOGS_EXPORTER", "file/logs");
		assertThat(commands.of(Part.ALERT_INBOX).command())
			.contains("--inbox.logs-file=" + environment.get("COLLECTOR_LOGS_FILE"));
		assertThat(commands(Map.of(), Part.LOKI).of(Part.ALERT_INBOX).command())
			.noneMatch((argument) -> argument.startsWith("--inbox.logs-file="));
	}

	@Test
	void standInsAreThereOnlyForWhatIsMissing() {
		assertThat(wantedWithout(Map.of())).contains(Part.LOKI, Part.TEMPO)
			.doesNotContain(Part.ZIPKIN, Part.VICTORIA_LOGS);
		assertThat(wantedWithout(Map.of(), Part.TEMPO)).contains(Part.LOKI, Part.ZIPKIN)
			.doesNotContain(Part.VICTORIA_LOGS);
		assertThat(wantedWithout(Map.of("FLOWFORGE_TEMPO", "no"), Part.LOKI, Part.TEMPO)).contains(Part.VICTORIA_LOGS)
			.doesNotContain(Part.ZIPKIN);
		// Nobody would send them anything.
		assertThat(wantedWithout(Map.of(), Part.LOKI, Part.TEMPO, Part.OTEL_COLLECTOR)).doesNotContain(Part.ZIPKIN,
				Part.VICTORIA_LOGS);
		assertThat(wantedWithout(Map.of("FLOWFORGE_PROFILE", "slim"), Part.LOKI, Part.TEMPO))
			.doesNotContain(Part.ZIPKIN, Part.VICTORIA_LOGS);
	}

	@Test
	void withoutTheSamplesTheInboxStays() {
		assertThat(wantedWithout(Map.of())).containsAll(Part.SAMPLES);
		assertThat(wantedWithout(Map.of("FLOWFORGE_SAMPLES", "no"))).contains(Part.ALERT_INBOX, Part.PROMETHEUS)
			.doesNotContain(Part.INVENTORY_SERVICE, Part.ORDERS_SERVICE);
	}

	private static List<Part> wantedWithout(Map<String, String> environment, Part... absent) {
		return Part.wantedBy(Settings.of(environment), List.of(absent));
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
		List<Part> parts = Part.wantedBy(settings, List.of(absent));
		return new PartCommands(this.repository, new DataFolder(this.folder), settings, parts,
				(part) -> this.folder.resolve(part.id()));
	}

}
