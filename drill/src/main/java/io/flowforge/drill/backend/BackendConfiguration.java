package io.flowforge.drill.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.flowforge.drill.server.AlertInbox;
import io.flowforge.drill.server.OtelCollector;
import io.flowforge.drill.server.Workspace;
import io.flowforge.launcher.config.Assembly;
import io.flowforge.launcher.config.AssemblyRequest;
import io.flowforge.launcher.config.Links;
import io.flowforge.launcher.config.NotificationChannels;
import io.flowforge.launcher.config.Notifications;
import io.flowforge.launcher.config.Secrets;
import io.flowforge.launcher.config.TimeScale;
import io.flowforge.launcher.process.Ports;

/**
 * The repository's configuration of Prometheus and Alertmanager for one run: with the
 * addresses and targets of this run, and 20 times as fast.
 */
public final class BackendConfiguration {

	/**
	 * Five minutes become 15 seconds, and a scrape may take half a second. With a larger
	 * factor, the services of a busy machine would look dead.
	 */
	public static final TimeScale SPEED = new TimeScale(20);

	private final Workspace workspace;

	private final Backends backends;

	private final AssemblyRequest request;

	private final Set<String> parts = new HashSet<>(Set.of("alertmanager"));

	private final Map<String, String> addresses = new TreeMap<>();

	private final int alertmanagerPort = Ports.free();

	private final int prometheusPort = Ports.free();

	/**
	 * Prepare the configuration of backends without targets that send no messages.
	 * @param workspace where its files go
	 * @param backends what is going to run on it
	 */
	public BackendConfiguration(Workspace workspace, Backends backends) {
		this.workspace = workspace;
		this.backends = backends;
		this.addresses.put("localhost:9093", address(this.alertmanagerPort));
		this.addresses.put("localhost:9090", backends.ownAddress(this.prometheusPort));
		this.request = AssemblyRequest.of(workspace.repository(), workspace.folder(), backends.checker())
			.containers(backends.areContainers())
			.targetFolders(List.of(workspace.folder().resolve("targets")))
			.notifications(Notifications.of(NotificationChannels.NONE))
			.links(new Links(Links.STANDARD.grafana(), true, Links.STANDARD.organisation(), Links.STANDARD.loki(),
					Links.STANDARD.tempo(), "", "", "", "http://localhost:" + this.prometheusPort,
					"http://localhost:" + this.alertmanagerPort, Links.STANDARD.runbooks()));
	}

	private String address(int port) {
		return this.backends.thisMachine() + ":" + port;
	}

	/**
	 * Have all messages go to an inbox.
	 * @param inbox the inbox
	 * @return this
	 */
	public BackendConfiguration messagesTo(AlertInbox inbox) {
		return messagesTo(inbox, Map.of());
	}

	/**
	 * Have all messages go to an inbox.
	 * @param inbox the inbox
	 * @param variables what a person has set
	 * @return this
	 */
	public BackendConfiguration messagesTo(AlertInbox inbox, Map<String, String> variables) {
		return messagesTo(inbox, inbox.port(), variables);
	}

	/**
	 * Have all messages go to an inbox.
	 * @param inbox the inbox
	 * @param slackPort what those to Slack pass through
	 * @param variables what a person has set
	 * @return this
	 */
	public BackendConfiguration messagesTo(AlertInbox inbox, int slackPort, Map<String, String> variables) {
		this.request.notifications(Notifications.from(variables::get)
			.orElse("http://%s/watchdog".formatted(address(inbox.port())), address(inbox.smtpPort())));
		Secrets.read((variable) -> null)
			.write(this.workspace.folder(), "http://%s/slack/webhook".formatted(address(slackPort)));
		return this;
	}

	/**
	 * Have messages that could wait for the morning sent at any time.
	 * @return this
	 */
	public BackendConfiguration atAnyTime() {
		this.request.muted(false);
		return this;
	}

	/**
	 * Have the Collector scraped.
	 * @param collector the collector
	 * @return this
	 */
	public BackendConfiguration scraping(OtelCollector collector) {
		this.parts.add("otel-collector");
		this.addresses.put("localhost:8888", address(collector.metricsPort()));
		return this;
	}

	/**
	 * Have services scraped.
	 * @param name the name of the target file, without ending
	 * @param text the file, with addresses as this machine has them
	 * @return this
	 */
	public BackendConfiguration target(String name, String text) {
		try {
			Path folder = Files.createDirectories(this.workspace.folder().resolve("targets"));
			Files.writeString(folder.resolve(name + ".yml"), text);
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Add a file, or replace one of the repository's. Its durations are shortened like
	 * all others.
	 * @param path its path, such as {@code prometheus/rules/more.yml}
	 * @param text its text
	 * @return this
	 */
	public BackendConfiguration file(String path, String text) {
		this.request.file(path, text);
		return this;
	}

	/**
	 * Assemble the configuration and have it checked.
	 * @return this
	 */
	public BackendConfiguration assemble() {
		Assembly.assemble(this.request.parts(this.parts).partAddresses(this.addresses));
		Assembly.apply(this.workspace.folder(), SPEED);
		try {
			// Prometheus notices new files only in folders that are there when it starts.
			for (String folder : List.of("targets", "collectors", "backends")) {
				Files.createDirectories(prometheus().resolve(folder));
			}
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Start Alertmanager and wait until it is ready.
	 * @return its address on this machine
	 */
	public URI startAlertmanager() {
		return this.backends.startAlertmanager(alertmanager(), this.alertmanagerPort);
	}

	/**
	 * Start Prometheus and wait until it is ready.
	 * @return its address on this machine
	 */
	public URI startPrometheus() {
		return this.backends.startPrometheus(prometheus(), this.prometheusPort);
	}

	/**
	 * The folder that Alertmanager runs on.
	 * @return the folder with {@code alertmanager.yml}
	 */
	public Path alertmanager() {
		return this.workspace.folder().resolve("alertmanager/config");
	}

	/**
	 * The folder that Prometheus runs on.
	 * @return the folder with {@code prometheus.yml} and {@code flags}
	 */
	public Path prometheus() {
		return this.workspace.folder().resolve("prometheus/config");
	}

}
