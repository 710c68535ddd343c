package io.flowforge.launcher.layout;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.flowforge.launcher.settings.Setting;
import io.flowforge.launcher.settings.Settings;

/**
 * A part of the stack, in the order in which parts need each other: Prometheus comes
 * last, so that what it watches is there and no alert begins with the start itself.
 */
public enum Part {

	/** Plays Slack and the mail server, and shows what is firing. */
	ALERT_INBOX("Inbox: Slack and mail", Setting.INBOX_PORT, "/actuator/health", "/"),

	/** Keeps log records. */
	LOKI("Loki: logs", Setting.LOKI_PORT, "/ready", ""),

	/** Keeps traces. */
	TEMPO("Tempo: traces", Setting.TEMPO_PORT, "/ready", ""),

	/** Keeps traces in Tempo's place. */
	ZIPKIN("Zipkin: traces", Setting.ZIPKIN_PORT, "/health", "/zipkin/"),

	/** Keeps log records in Loki's place. */
	VICTORIA_LOGS("VictoriaLogs: logs", Setting.VICTORIA_LOGS_PORT, "/health", "/select/vmui/"),

	/** Takes spans and log records from services and passes them on. */
	OTEL_COLLECTOR("Collector", Setting.COLLECTOR_HEALTH_PORT, "/", ""),

	/** A sample, which has a database. */
	INVENTORY_SERVICE("Sample", Setting.INVENTORY_PORT, "/actuator/health", ""),

	/** A sample, which asks the other one. */
	ORDERS_SERVICE("Sample", Setting.ORDERS_PORT, "/actuator/health", ""),

	/** Decides who gets which message. */
	ALERTMANAGER("Alertmanager", Setting.ALERTMANAGER_PORT, "/-/ready", "/"),

	/** The second of a pair of Alertmanagers. */
	ALERTMANAGER_2("Alertmanager", Setting.ALERTMANAGER_2_PORT, "/-/ready", "/"),

	/** Shows metrics, logs and traces. */
	GRAFANA("Grafana: dashboards", Setting.GRAFANA_PORT, "/api/health", "/"),

	/** Tells how full the disks of this machine are. */
	NODE_EXPORTER("node_exporter: disks", Setting.NODE_EXPORTER_PORT, "/", ""),

	/** Watches services and evaluates the rules. */
	PROMETHEUS("Prometheus", Setting.PROMETHEUS_PORT, "/-/ready", "/alerts");

	/** What the stack builds itself and runs with Java. */
	public static final List<Part> SAMPLES = List.of(ALERT_INBOX, INVENTORY_SERVICE, ORDERS_SERVICE);

	/** Ports besides the one for HTTP. */
	private static final Map<Part, List<Setting>> MORE_PORTS = Map.of(ALERT_INBOX, List.of(Setting.SMTP_PORT),
			OTEL_COLLECTOR, List.of(Setting.OTLP_GRPC_PORT, Setting.OTLP_HTTP_PORT, Setting.COLLECTOR_PORT));

	/** Ports of plain processes that containers do not publish. */
	private static final Map<Part, List<Setting>> INNER_PORTS = Map.of(LOKI, List.of(Setting.LOKI_GRPC_PORT), TEMPO,
			List.of(Setting.TEMPO_GRPC_PORT, Setting.TEMPO_OTLP_PORT), ALERTMANAGER_2,
			List.of(Setting.CLUSTER_PORT, Setting.CLUSTER_2_PORT));

	/** What takes the place of a part where its program is not on the PATH. */
	private static final Map<Part, Part> STAND_INS = Map.of(TEMPO, ZIPKIN, LOKI, VICTORIA_LOGS);

	private final String title;

	private final Setting port;

	private final String healthPath;

	private final String page;

	Part(String title, Setting port, String healthPath, String page) {
		this.title = title;
		this.port = port;
		this.healthPath = healthPath;
		this.page = page;
	}

	/**
	 * What the part is called: in compose.yaml, in files and in messages.
	 * @return such as {@code otel-collector}
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * What the part is for.
	 * @return a few words
	 */
	public String title() {
		return this.title;
	}

	public Setting port() {
		return this.port;
	}

	/**
	 * The address at which the part answers HTTP on this machine.
	 * @param settings the stack's settings
	 * @return the address
	 */
	public URI address(Settings settings) {
		return URI.create("http://localhost:" + settings.port(this.port));
	}

	public URI health(Settings settings) {
		return address(settings).resolve(this.healthPath);
	}

	/**
	 * The page that a person would open.
	 * @param settings the stack's settings
	 * @return its address, for parts that have one
	 */
	public Optional<URI> page(Settings settings) {
		return this.page.isEmpty() ? Optional.empty() : Optional.of(address(settings).resolve(this.page));
	}

	/**
	 * All ports that the part needs.
	 * @param containers whether it runs in a container
	 * @return their settings
	 */
	public List<Setting> ports(boolean containers) {
		List<Setting> ports = new ArrayList<>(List.of(this.port));
		ports.addAll(MORE_PORTS.getOrDefault(this, List.of()));
		if (!containers) {
			ports.addAll(INNER_PORTS.getOrDefault(this, List.of()));
		}
		return ports;
	}

	/**
	 * Find a part by its name.
	 * @param id the name
	 * @return the part
	 */
	public static Optional<Part> of(String id) {
		return Arrays.stream(values()).filter((part) -> part.id().equals(id)).findFirst();
	}

	/**
	 * The part that takes the place of this one where its program is not on the PATH.
	 * @return the part, if there is one
	 */
	public Optional<Part> standIn() {
		return Optional.ofNullable(STAND_INS.get(this));
	}

	/**
	 * Whether the Collector writes log records into a file, which the inbox shows: they
	 * are wanted, and nobody is there to take them.
	 * @param parts all parts of the stack
	 * @param settings its settings
	 * @return whether it does
	 */
	public static boolean logsAreInAFile(Collection<Part> parts, Settings settings) {
		return parts.contains(OTEL_COLLECTOR) && settings.wants(Setting.LOKI) && !parts.contains(LOKI)
				&& !parts.contains(VICTORIA_LOGS);
	}

	/**
	 * The parts that settings ask for.
	 * @param settings the settings
	 * @return parts, in the order in which they need each other
	 */
	public static List<Part> wantedBy(Settings settings) {
		return wantedBy(settings, List.of());
	}

	/**
	 * The parts that settings ask for, as far as they can be had.
	 * @param settings the settings
	 * @param absent parts that this machine has no program for
	 * @return parts, in the order in which they need each other
	 */
	public static List<Part> wantedBy(Settings settings, Collection<Part> absent) {
		boolean collector = settings.get(Setting.COLLECTOR).equals("yes") && !absent.contains(OTEL_COLLECTOR);
		return Arrays.stream(values()).filter((part) -> !absent.contains(part)).filter((part) -> switch (part) {
			case LOKI -> settings.wants(Setting.LOKI);
			case TEMPO -> settings.wants(Setting.TEMPO);
			case GRAFANA -> settings.wants(Setting.GRAFANA);
			// Nobody but the Collector sends them anything.
			case VICTORIA_LOGS -> collector && settings.wants(Setting.LOKI) && absent.contains(LOKI);
			case ZIPKIN -> collector && settings.wants(Setting.TEMPO) && absent.contains(TEMPO);
			case OTEL_COLLECTOR -> collector;
			case INVENTORY_SERVICE, ORDERS_SERVICE -> settings.wants(Setting.SAMPLES);
			case ALERTMANAGER_2 -> settings.get(Setting.PROFILE).equals("ha");
			default -> true;
		}).toList();
	}

}
