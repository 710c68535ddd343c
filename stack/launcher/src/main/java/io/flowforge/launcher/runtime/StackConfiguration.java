package io.flowforge.launcher.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.config.AlertmanagerConfiguration;
import io.flowforge.launcher.config.Assembly;
import io.flowforge.launcher.config.AssemblyRequest;
import io.flowforge.launcher.config.Links;
import io.flowforge.launcher.config.MuteTimes;
import io.flowforge.launcher.config.Notifications;
import io.flowforge.launcher.config.Secrets;
import io.flowforge.launcher.config.Targets;
import io.flowforge.launcher.config.TimeScale;
import io.flowforge.launcher.config.WarningsOffHours;
import io.flowforge.launcher.layout.DataFolder;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.settings.Setting;
import io.flowforge.launcher.settings.Settings;

/**
 * What Prometheus, Alertmanager and Loki of a stack run on.
 */
public final class StackConfiguration {

	private static final int PASSWORD_BYTES = 16;

	private final Repository repository;

	private final DataFolder data;

	private final StackState state;

	private final Settings settings;

	private final Runtime runtime;

	private TimeScale speed;

	StackConfiguration(Repository repository, DataFolder data, StackState state, Runtime runtime) {
		this.repository = repository;
		this.data = data;
		this.state = state;
		this.settings = state.toSettings();
		this.runtime = runtime;
		this.speed = new TimeScale(state.speed());
	}

	/**
	 * Check what people have set and the targets that they have written, before anything
	 * else is done.
	 * @param repository the repository
	 * @param data the stack's folder
	 * @param settings the settings
	 */
	static void check(Repository repository, DataFolder data, Settings settings) {
		Notifications.from((variable) -> settings.toEnvironment().get(variable));
		Secrets.read((variable) -> settings.toEnvironment().get(variable));
		WarningsOffHours.from(settings.toEnvironment()::get);
		Links.STANDARD.with(settings.toEnvironment()::get);
		Targets.read(repository, targetFolders(repository, data), settings.wants(Setting.SAMPLES));
	}

	private static List<Path> targetFolders(Repository repository, DataFolder data) {
		return List.of(repository.root().resolve("stack/prometheus/targets"), data.targets());
	}

	/**
	 * The services that are watched, by all target files.
	 * @return the targets
	 * @throws StackException if a target file is wrong
	 */
	public Targets targets() {
		return Targets.read(this.repository, targetFolders(this.repository, this.data),
				this.settings.wants(Setting.SAMPLES));
	}

	void setSpeed(TimeScale speed) {
		this.speed = speed;
	}

	/**
	 * Gather it from the repository and have it checked. What is in force stays in force.
	 */
	void assemble() {
		createMountedFolders();
		secrets().write(this.data.path(), inboxFromAlertmanager() + "/slack/webhook");
		createGrafanaPassword();
		Assembly.assemble(request());
	}

	/**
	 * Put into force what was assembled.
	 * @return the parts that have to read it
	 */
	Set<Part> apply() {
		Set<Part> parts = EnumSet.noneOf(Part.class);
		for (String name : Assembly.apply(this.data.path(), this.speed).parts()) {
			Part.of(name).ifPresent(parts::add);
		}
		if (parts.contains(Part.ALERTMANAGER)) {
			parts.add(Part.ALERTMANAGER_2);
		}
		// It looks for new rules itself.
		parts.remove(Part.LOKI);
		parts.retainAll(this.state.parts());
		return parts;
	}

	/**
	 * Forget what an earlier stack has stored under other addresses: it would pass for
	 * further instances of the same services, for as long as Prometheus looks back.
	 */
	void forgetOtherAddresses() {
		Path note = this.data.of(Part.PROMETHEUS).resolve("addresses");
		String addresses = this.state.containers() + "\n" + standardAddresses();
		try {
			if (!Files.exists(note) || !Files.readString(note).equals(addresses)) {
				DataFolder.delete(this.data.of(Part.PROMETHEUS).resolve("data"));
				DataFolder.write(note, addresses);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private AssemblyRequest request() {
		String inbox = inboxFromAlertmanager();
		AssemblyRequest request = AssemblyRequest.of(this.repository, this.data.path(), (folder, tool, arguments) -> {
			List<String> command = new ArrayList<>(List.of(tool));
			command.addAll(arguments);
			return this.runtime.check(tool.equals("promtool") ? Part.PROMETHEUS : Part.ALERTMANAGER, folder, command);
		})
			.parts(this.state.parts().stream().map(Part::id).collect(Collectors.toSet()))
			.containers(this.state.containers())
			.partAddresses(standardAddresses())
			.targetFolders(targetFolders(this.repository, this.data))
			.notifications(notifications().orElse(inbox + "/watchdog", smtpFromAlertmanager()))
			.muted(mutesApply())
			.limits(limits())
			.warningsOffHours(offHours())
			.links(links());
		return this.settings.wants(Setting.SAMPLES) ? request.sampleAddresses(sampleAddresses())
				: request.withoutSamples();
	}

	private WarningsOffHours offHours() {
		return WarningsOffHours.from(this.settings.toEnvironment()::get);
	}

	private Links links() {
		return new Links(url(Part.GRAFANA), true, Links.STANDARD.organisation(),
				this.state.parts().contains(Part.LOKI) ? Links.STANDARD.loki() : "",
				this.state.parts().contains(Part.TEMPO) ? Links.STANDARD.tempo() : "", url(Part.ZIPKIN),
				url(Part.VICTORIA_LOGS), logLines(), url(Part.PROMETHEUS), silences(),
				url(Part.ALERT_INBOX) + "/runbooks")
			.with(this.settings.toEnvironment()::get);
	}

	private String logLines() {
		return Part.logsAreInAFile(this.state.parts(), this.settings) ? url(Part.ALERT_INBOX) + "/logs" : "";
	}

	// The inbox has a form for them, too.
	private String silences() {
		return url((this.state.containers() || AlertmanagerCommand.hasPage()) ? Part.ALERTMANAGER : Part.ALERT_INBOX);
	}

	private String url(Part part) {
		return this.state.parts().contains(part) ? part.address(this.settings).toString() : "";
	}

	private Map<String, String> limits() {
		Map<String, String> limits = new TreeMap<>();
		for (Setting limit : List.of(Setting.SAMPLE_LIMIT, Setting.LABEL_LIMIT, Setting.LABEL_VALUE_LENGTH_LIMIT,
				Setting.TARGET_LIMIT)) {
			if (this.settings.isSet(limit)) {
				limits.put(limit.name().toLowerCase(Locale.ROOT), this.settings.get(limit));
			}
		}
		return limits;
	}

	// In the repository each part has its usual port, on this machine.
	private Map<String, String> standardAddresses() {
		Map<String, String> addresses = new TreeMap<>();
		Map.of(Part.PROMETHEUS, Setting.PROMETHEUS_PORT, Part.ALERTMANAGER, Setting.ALERTMANAGER_PORT, Part.LOKI,
				Setting.LOKI_PORT, Part.TEMPO, Setting.TEMPO_PORT, Part.GRAFANA, Setting.GRAFANA_PORT,
				Part.OTEL_COLLECTOR, Setting.COLLECTOR_PORT, Part.NODE_EXPORTER, Setting.NODE_EXPORTER_PORT)
			.forEach((part, port) -> addresses.put("localhost:" + port.standard(),
					address(part, port, port.standard())));
		addresses.put("localhost:" + Setting.ALERTMANAGER_2_PORT.standard(),
				address(Part.ALERTMANAGER_2, Setting.ALERTMANAGER_2_PORT, Setting.ALERTMANAGER_PORT.standard()));
		return addresses;
	}

	private Map<String, String> sampleAddresses() {
		return Map.of("localhost:" + Setting.ORDERS_PORT.standard(),
				address(Part.ORDERS_SERVICE, Setting.ORDERS_PORT, Setting.ORDERS_PORT.standard()),
				"localhost:" + Setting.INVENTORY_PORT.standard(),
				address(Part.INVENTORY_SERVICE, Setting.INVENTORY_PORT, Setting.INVENTORY_PORT.standard()));
	}

	private String address(Part part, Setting port, String portInContainer) {
		return this.state.containers() ? part.id() + ":" + portInContainer : "localhost:" + this.settings.port(port);
	}

	private String inboxFromAlertmanager() {
		return "http://" + address(Part.ALERT_INBOX, Setting.INBOX_PORT, Setting.INBOX_PORT.standard());
	}

	private String smtpFromAlertmanager() {
		return address(Part.ALERT_INBOX, Setting.SMTP_PORT, Setting.SMTP_PORT.standard());
	}

	private Notifications notifications() {
		return Notifications.from((variable) -> this.settings.toEnvironment().get(variable));
	}

	private Secrets secrets() {
		return Secrets.read((variable) -> this.settings.toEnvironment().get(variable));
	}

	/**
	 * Whether messages for Slack leave this machine.
	 * @return whether they do
	 */
	public boolean hasRealSlack() {
		return secrets().hasSlack();
	}

	/**
	 * Whether mails leave this machine.
	 * @return whether they do
	 */
	public boolean hasRealMail() {
		return this.settings.isSet(Setting.SMTP_SMARTHOST);
	}

	/**
	 * Whether messages about environments without users wait for the morning. Those that
	 * only reach the inbox wake nobody, and come at any time.
	 * @return whether they do
	 */
	public boolean mutesApply() {
		String choice = this.settings.get(Setting.NOTIFY);
		return (choice.contains("slack") && hasRealSlack()) || (choice.contains("email") && hasRealMail());
	}

	/**
	 * When messages are muted where people get them.
	 * @return the times
	 */
	public MuteTimes muteTimes() {
		return MuteTimes.of(offHours().in(AlertmanagerConfiguration.assemble(this.repository, notifications(), true)));
	}

	// What compose.yaml mounts is there before it runs even one of its images. So is the
	// folder of the targets, which may be empty: Prometheus then sees the first one
	// sooner.
	private void createMountedFolders() {
		try {
			for (String folder : List.of("prometheus/config/targets", "prometheus/data", "alertmanager/config",
					"alertmanager/data", "alertmanager/data-2", "loki/config", "loki/data", "grafana/data/plugins",
					"grafana/secrets", "inventory-service", "otel-collector/lines", "tempo")) {
				Files.createDirectories(this.data.path().resolve(folder));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// Once; Grafana keeps the one that it was first started with.
	private void createGrafanaPassword() {
		Path file = this.data.of(Part.GRAFANA).resolve("secrets/admin-password");
		if (!this.state.parts().contains(Part.GRAFANA) || Files.exists(file)) {
			return;
		}
		byte[] bytes = new byte[PASSWORD_BYTES];
		new SecureRandom().nextBytes(bytes);
		try {
			Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
			Files.write(file, HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
