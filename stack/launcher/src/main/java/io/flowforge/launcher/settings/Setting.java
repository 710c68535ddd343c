package io.flowforge.launcher.settings;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a person can set by variables of the environment.
 * {@code docs/reference/stack-settings.md} describes each of them.
 */
public enum Setting {

	/** How the parts run; by default as containers where a Docker engine answers. */
	RUNTIME(Kind.oneOf("containers", "processes"), ""),

	/** {@code ha} for a pair of Alertmanagers, {@code slim} for the alerts alone. */
	PROFILE(Kind.oneOf("ha", "slim"), ""),

	/** The folder for everything that the stack keeps; {@code stack/.data} by default. */
	DATA(Kind.FOLDER, ""),

	/** The user of the containers; the caller by default. */
	CONTAINER_USER(Kind.USER, ""),

	/** The port of orders-service. */
	ORDERS_PORT(18080),

	/** The port of inventory-service. */
	INVENTORY_PORT(18081),

	/** The port of the page of alert-inbox. */
	INBOX_PORT(8090),

	/** The port at which alert-inbox takes mail. */
	SMTP_PORT(8025),

	/** The port of Prometheus. */
	PROMETHEUS_PORT(9090),

	/** The port of Alertmanager. */
	ALERTMANAGER_PORT(9093),

	/** The port of the second Alertmanager of a pair. */
	ALERTMANAGER_2_PORT(9095),

	/** The port at which the first Alertmanager talks to the second. */
	CLUSTER_PORT(9094),

	/** The port at which the second Alertmanager talks to the first. */
	CLUSTER_2_PORT(9096),

	/** The port at which the Collector takes OTLP over gRPC. */
	OTLP_GRPC_PORT(4317),

	/** The port at which the Collector takes OTLP over HTTP. */
	OTLP_HTTP_PORT(4318),

	/** The port of the Collector's own metrics. */
	COLLECTOR_PORT(8888),

	/** The port at which the Collector says whether it is ready. */
	COLLECTOR_HEALTH_PORT(13133),

	/** The port of Loki. */
	LOKI_PORT(3100),

	/** The port that the components of Loki use among themselves. */
	LOKI_GRPC_PORT(9097),

	/** The port of Tempo. */
	TEMPO_PORT(3200),

	/** The port that the components of Tempo use among themselves. */
	TEMPO_GRPC_PORT(9099),

	/** The port at which Tempo takes spans from the Collector. */
	TEMPO_OTLP_PORT(14318),

	/** The port of Zipkin, which keeps traces where Tempo is not on the PATH. */
	ZIPKIN_PORT(9411),

	/** The port of VictoriaLogs, which keeps logs where Loki is not on the PATH. */
	VICTORIA_LOGS_PORT(9428),

	/**
	 * The port of node_exporter; not its usual 9100, which a machine that is watched
	 * already has taken.
	 */
	NODE_EXPORTER_PORT(19100),

	/** The port of Grafana. */
	GRAFANA_PORT(3000),

	/** Whether orders-service and inventory-service take part. */
	SAMPLES(Kind.SWITCH, "yes"),

	/** Whether the Collector takes part. */
	COLLECTOR(Kind.SWITCH, "yes"),

	/** A second file of {@code stack/otel-collector} for the Collector. */
	COLLECTOR_CONFIG(Kind.FILE_NAME, "config.yaml"),

	/** Whether Loki takes part; by default unless the profile is {@code slim}. */
	LOKI(Kind.SWITCH, ""),

	/** Whether Tempo takes part; by default unless the profile is {@code slim}. */
	TEMPO(Kind.SWITCH, ""),

	/** Whether Grafana takes part; by default unless the profile is {@code slim}. */
	GRAFANA(Kind.SWITCH, ""),

	/** How owners get their messages. */
	NOTIFY(Kind.oneOf("none", "slack", "email", "slack-email"), "slack-email"),

	/** A folder with further receivers of the owners, such as PagerDuty. */
	RECEIVERS(Kind.FOLDER, ""),

	/** The address of the dead man's switch; the inbox by default. */
	WATCHDOG_URL(Kind.TEXT, ""),

	/** How many series Prometheus takes of an instance of a service. */
	SAMPLE_LIMIT(Kind.LIMIT, ""),

	/** How many labels a series of a service may have. */
	LABEL_LIMIT(Kind.LIMIT, ""),

	/** How long a label's value of a service may be. */
	LABEL_VALUE_LENGTH_LIMIT(Kind.LIMIT, ""),

	/** How many targets all services together may have. */
	TARGET_LIMIT(Kind.LIMIT, ""),

	/** The Grafana that links in alerts lead to; the one of the stack by default. */
	GRAFANA_URL(Kind.url("https://grafana.example.com"), ""),

	/**
	 * Whether viewers of that Grafana may use Explore; by default only those of the
	 * stack's.
	 */
	GRAFANA_EXPLORE(Kind.SWITCH, ""),

	/** The id of the organisation in Grafana. */
	GRAFANA_ORG_ID(Kind.TEXT, "1"),

	/** The uid of the data source for logs in Grafana. */
	GRAFANA_LOKI_UID(Kind.TEXT, "loki"),

	/** The uid of the data source for traces in Grafana. */
	GRAFANA_TEMPO_UID(Kind.TEXT, "tempo"),

	/** The address of Prometheus for people; the one of the stack by default. */
	PROMETHEUS_URL(Kind.url("https://prometheus.example.com"), ""),

	/** The address of Alertmanager for people; the one of the stack by default. */
	ALERTMANAGER_URL(Kind.url("https://alertmanager.example.com"), ""),

	/** The folder of the runbooks that alerts link to; the inbox by default. */
	RUNBOOKS_URL(Kind.url("https://wiki.example.com/runbooks"), ""),

	/** The time zone of the times in messages. */
	TIME_ZONE(Kind.TIME_ZONE, "UTC"),

	/** Who gets warnings outside working hours. */
	WARNINGS_OFF_HOURS(Kind.TEXT, "owners"),

	/** The channel for services that name none. */
	SLACK_CHANNEL(Kind.TEXT, ""),

	/** A file with an incoming webhook's URL. */
	SLACK_API_URL_FILE(Kind.TEXT, ""),

	/** A file with the token of a bot. */
	SLACK_BOT_TOKEN_FILE(Kind.TEXT, ""),

	/** Host and port of the mail server; the inbox by default. */
	SMTP_SMARTHOST(Kind.TEXT, ""),

	/**
	 * Whether mail is only sent over TLS; by default unless the server is this machine.
	 */
	SMTP_REQUIRE_TLS(Kind.TEXT, ""),

	/** The user name at the mail server. */
	SMTP_USERNAME(Kind.TEXT, ""),

	/** A file with the password at the mail server. */
	SMTP_PASSWORD_FILE(Kind.TEXT, ""),

	/** The sender of mails. */
	EMAIL_FROM(Kind.TEXT, ""),

	/**
	 * The recipients of mails, separated by commas, of all teams that have none of their
	 * own.
	 */
	EMAIL_TO(Kind.TEXT, ""),

	/** A file that says who gets the mails of which team. */
	TEAM_ADDRESSES(Kind.TEXT, ""),

	/** How whoever runs the stack gets messages; by default as owners do. */
	PLATFORM_NOTIFY(Kind.oneOf("none", "slack", "email", "slack-email"), ""),

	/** The platform's channel; by default the one for services that name none. */
	PLATFORM_SLACK_CHANNEL(Kind.TEXT, ""),

	/** A file with the URL of the platform's own webhook. */
	PLATFORM_SLACK_API_URL_FILE(Kind.TEXT, ""),

	/** A file with the token of the platform's own bot. */
	PLATFORM_SLACK_BOT_TOKEN_FILE(Kind.TEXT, ""),

	/** The recipients of the platform's mails, separated by commas. */
	PLATFORM_EMAIL_TO(Kind.TEXT, ""),

	/** Host and port of the platform's own mail server. */
	PLATFORM_SMTP_SMARTHOST(Kind.TEXT, ""),

	/**
	 * Whether the platform's mail is only sent over TLS; by default unless its server is
	 * this machine.
	 */
	PLATFORM_SMTP_REQUIRE_TLS(Kind.TEXT, ""),

	/** The user name at the platform's own mail server. */
	PLATFORM_SMTP_USERNAME(Kind.TEXT, ""),

	/** A file with the password at the platform's own mail server. */
	PLATFORM_SMTP_PASSWORD_FILE(Kind.TEXT, "");

	private final Kind kind;

	private final String standard;

	Setting(int port) {
		this(Kind.PORT, Integer.toString(port));
	}

	Setting(Kind kind, String standard) {
		this.kind = kind;
		this.standard = standard;
	}

	/**
	 * The variable that sets it.
	 * @return its name
	 */
	public String variable() {
		return "FLOWFORGE_" + name();
	}

	/**
	 * The value where nobody sets one.
	 * @return the default; empty where there is none, or where it depends on other
	 * settings
	 */
	public String standard() {
		return this.standard;
	}

	boolean isPort() {
		return this.kind == Kind.PORT;
	}

	/**
	 * What is wrong with a value.
	 * @param value the value
	 * @return a sentence, unless the value is right
	 */
	Optional<String> problem(String value) {
		if (value.isEmpty() || this.kind.isValid().test(value)) {
			return Optional.empty();
		}
		String shown = value.lines().findFirst().orElse("");
		return Optional.of("%s=%s %s".formatted(variable(), shown, this.kind.description()));
	}

	static Optional<Setting> of(String variable) {
		return Arrays.stream(values()).filter((setting) -> setting.variable().equals(variable)).findFirst();
	}

}
