package io.flowforge.launcher.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.layout.DataFolder;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.process.ServerCommand;
import io.flowforge.launcher.settings.Setting;
import io.flowforge.launcher.settings.Settings;

/**
 * How each part of a stack of plain processes is started, so that all of them find each
 * other.
 */
final class PartCommands {

	private static final String LOOPBACK = "127.0.0.1";

	private final Repository repository;

	private final DataFolder data;

	private final Settings settings;

	private final List<Part> parts;

	private final Function<Part, Path> programs;

	/**
	 * Create the commands.
	 * @param repository the repository
	 * @param data the stack's folder
	 * @param settings the settings
	 * @param parts all parts of the stack
	 * @param programs the programs and jars of parts that are not found on the PATH alone
	 */
	PartCommands(Repository repository, DataFolder data, Settings settings, List<Part> parts,
			Function<Part, Path> programs) {
		this.repository = repository;
		this.data = data;
		this.settings = settings;
		this.parts = parts;
		this.programs = programs;
	}

	ServerCommand of(Part part) {
		return switch (part) {
			case ALERT_INBOX -> sample(part, inboxArguments());
			case INVENTORY_SERVICE -> sample(part, telemetry());
			case ORDERS_SERVICE -> {
				List<String> arguments = new ArrayList<>(telemetry());
				arguments.add("--orders.inventory-url=" + Part.INVENTORY_SERVICE.address(this.settings));
				yield sample(part, arguments);
			}
			case OTEL_COLLECTOR -> BackendCommands.collector(this.programs.apply(part), this.repository,
					this.data.of(part), this.settings.get(Setting.COLLECTOR_CONFIG),
					this.settings.port(Setting.COLLECTOR_HEALTH_PORT), collectorVariables());
			case LOKI -> BackendCommands.loki(this.repository.file("stack/loki/config.yaml"), this.data.of(part),
					this.data.of(part).resolve("config"), this.settings.port(Setting.LOKI_PORT),
					this.settings.port(Setting.LOKI_GRPC_PORT), alertmanagers(), remoteWrite());
			case TEMPO -> BackendCommands.tempo(this.repository, this.data.of(part),
					this.settings.port(Setting.TEMPO_PORT), this.settings.port(Setting.TEMPO_GRPC_PORT),
					this.settings.port(Setting.TEMPO_OTLP_PORT), remoteWrite());
			case ZIPKIN -> BackendCommands.zipkin(this.programs.apply(part), this.data.of(part), port(part));
			case VICTORIA_LOGS ->
				BackendCommands.victoriaLogs(this.programs.apply(part), this.data.of(part), port(part));
			case GRAFANA -> grafana();
			case NODE_EXPORTER -> BackendCommands.nodeExporter(this.data.of(part), port(part));
			case PROMETHEUS -> BackendCommands.prometheus(this.repository, configuration(part), "../data", port(part),
					page(part, Setting.PROMETHEUS_URL));
			case ALERTMANAGER -> AlertmanagerCommand.of(configuration(part), "../data", port(part),
					page(part, Setting.ALERTMANAGER_URL), this.settings.get(Setting.TIME_ZONE),
					this.parts.contains(Part.ALERTMANAGER_2) ? cluster(Setting.CLUSTER_PORT) : new String[0]);
			case ALERTMANAGER_2 -> AlertmanagerCommand
				.of(configuration(Part.ALERTMANAGER), "../data-2", port(part), part.address(this.settings).toString(),
						this.settings.get(Setting.TIME_ZONE),
						append(cluster(Setting.CLUSTER_2_PORT), "--cluster.peer=" + address(Setting.CLUSTER_PORT)))
				.named(part.id());
		};
	}

	private ServerCommand sample(Part part, List<String> arguments) {
		return SampleCommand.of(part.id(), this.programs.apply(part), this.data.of(part), LOOPBACK, port(part),
				arguments);
	}

	private List<String> inboxArguments() {
		String urls = this.parts.stream()
			.filter((part) -> part == Part.ALERTMANAGER || part == Part.ALERTMANAGER_2)
			.map((part) -> part.address(this.settings).toString())
			.collect(Collectors.joining(","));
		List<String> arguments = new ArrayList<>(List.of("--inbox.smtp.port=" + this.settings.port(Setting.SMTP_PORT),
				"--inbox.prometheus-url=" + Part.PROMETHEUS.address(this.settings),
				"--inbox.prometheus-page-url=" + page(Part.PROMETHEUS, Setting.PROMETHEUS_URL),
				"--inbox.alertmanager-urls=" + urls, "--inbox.time-zone=" + this.settings.get(Setting.TIME_ZONE)));
		// The Collector is wanted, but this machine has none: services still send to its
		// port. If it is left out on purpose, the user may have one of their own there.
		if (this.settings.get(Setting.COLLECTOR).equals("yes") && !this.parts.contains(Part.OTEL_COLLECTOR)) {
			arguments.add("--inbox.otlp.port=" + this.settings.port(Setting.OTLP_HTTP_PORT));
		}
		if (Part.logsAreInAFile(this.parts, this.settings)) {
			arguments.add("--inbox.logs-file=" + logsFile());
		}
		return arguments;
	}

	private Path logsFile() {
		return this.data.of(Part.OTEL_COLLECTOR).resolve("lines/logs.json");
	}

	// Where the samples send their spans and log records.
	private List<String> telemetry() {
		if (!this.parts.contains(Part.OTEL_COLLECTOR)) {
			return List.of("--management.tracing.export.otlp.enabled=false",
					"--management.logging.export.otlp.enabled=false");
		}
		return List.of("--flowforge.observability.otlp.endpoint=http://localhost:"
				+ this.settings.port(Setting.OTLP_HTTP_PORT));
	}

	// It delivers to what is there, unless a person says otherwise.
	private Map<String, String> collectorVariables() {
		Map<String, String> variables = new TreeMap<>();
		variables.put("COLLECTOR_GRPC_PORT", this.settings.get(Setting.OTLP_GRPC_PORT));
		variables.put("COLLECTOR_HTTP_PORT", this.settings.get(Setting.OTLP_HTTP_PORT));
		variables.put("COLLECTOR_METRICS_PORT", this.settings.get(Setting.COLLECTOR_PORT));
		variables.put("COLLECTOR_TRACES_EXPORTER", tracesExporter());
		variables.put("COLLECTOR_TRACES_ENDPOINT", url(Setting.TEMPO_OTLP_PORT));
		variables.put("COLLECTOR_ZIPKIN_ENDPOINT", url(Setting.ZIPKIN_PORT) + "/api/v2/spans");
		variables.put("COLLECTOR_LOGS_EXPORTER", logsExporter());
		variables.put("COLLECTOR_LOGS_FILE", logsFile().toString());
		variables.put("COLLECTOR_LOGS_ENDPOINT", this.parts.contains(Part.VICTORIA_LOGS)
				? url(Setting.VICTORIA_LOGS_PORT) + "/insert/opentelemetry" : url(Setting.LOKI_PORT) + "/otlp");
		variables.putAll(this.settings.collector());
		return variables;
	}

	private String tracesExporter() {
		if (this.parts.contains(Part.TEMPO)) {
			return "otlp_http/traces";
		}
		return this.parts.contains(Part.ZIPKIN) ? "zipkin" : "nop";
	}

	private String logsExporter() {
		if (this.parts.contains(Part.LOKI) || this.parts.contains(Part.VICTORIA_LOGS)) {
			return "otlp_http/logs";
		}
		return Part.logsAreInAFile(this.parts, this.settings) ? "file/logs" : "nop";
	}

	private ServerCommand grafana() {
		return GrafanaCommand.of(this.repository, this.data.of(Part.GRAFANA), port(Part.GRAFANA),
				page(Part.GRAFANA, Setting.GRAFANA_URL) + "/", grafanaSources());
	}

	// Where people see it.
	private String page(Part part, Setting url) {
		return this.settings.isSet(url) ? this.settings.get(url) : part.address(this.settings).toString();
	}

	// By the names that Grafana's provisioning has for them.
	Map<String, String> grafanaSources() {
		return Map.of("PROMETHEUS_URL", url(Setting.PROMETHEUS_PORT), "ALERTMANAGER_URL",
				url(Setting.ALERTMANAGER_PORT), "LOKI_URL", url(Setting.LOKI_PORT), "TEMPO_URL",
				url(Setting.TEMPO_PORT));
	}

	private String alertmanagers() {
		return this.parts.contains(Part.ALERTMANAGER_2)
				? url(Setting.ALERTMANAGER_PORT) + "," + url(Setting.ALERTMANAGER_2_PORT)
				: url(Setting.ALERTMANAGER_PORT);
	}

	private String remoteWrite() {
		return url(Setting.PROMETHEUS_PORT) + "/api/v1/write";
	}

	private String[] cluster(Setting port) {
		return new String[] { "--cluster.listen-address=" + address(port),
				"--cluster.advertise-address=" + address(port) };
	}

	private static String[] append(String[] values, String value) {
		String[] more = Arrays.copyOf(values, values.length + 1);
		more[values.length] = value;
		return more;
	}

	private Path configuration(Part part) {
		return this.data.of(part).resolve("config");
	}

	private int port(Part part) {
		return this.settings.port(part.port());
	}

	private String address(Setting port) {
		return LOOPBACK + ":" + this.settings.port(port);
	}

	private String url(Setting port) {
		return "http://" + address(port);
	}

}
