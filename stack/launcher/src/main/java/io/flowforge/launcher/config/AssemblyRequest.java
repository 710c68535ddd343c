package io.flowforge.launcher.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.flowforge.launcher.Repository;

/**
 * What to assemble, from where, and for which addresses. What is not said is that of the
 * stack with everything on its standard port.
 */
public final class AssemblyRequest {

	private final Repository repository;

	private final Path dataFolder;

	private final Checker checker;

	private final Map<String, String> files = new LinkedHashMap<>();

	private Set<String> parts = Set.of("alertmanager");

	private boolean containers;

	private Map<String, String> partAddresses = Map.of();

	private boolean samples = true;

	private Map<String, String> sampleAddresses = Map.of();

	private List<Path> targetFolders;

	private Notifications notifications = Notifications.of(NotificationChannels.SLACK_EMAIL);

	private boolean muted = true;

	private Map<String, String> limits = Map.of();

	private WarningsOffHours warningsOffHours = new WarningsOffHours("owners");

	private Links links = Links.STANDARD;

	private AssemblyRequest(Repository repository, Path dataFolder, Checker checker) {
		this.repository = repository;
		this.dataFolder = dataFolder;
		this.checker = checker;
		this.targetFolders = List.of(repository.root().resolve("stack/prometheus/targets"),
				dataFolder.resolve("targets"));
	}

	/**
	 * Begin a request.
	 * @param repository where the files are
	 * @param dataFolder the stack's data folder, where the result goes
	 * @param checker what runs the tools that check the result
	 * @return the request
	 */
	public static AssemblyRequest of(Repository repository, Path dataFolder, Checker checker) {
		return new AssemblyRequest(repository, dataFolder, checker);
	}

	/**
	 * Which parts run, by their names in {@code compose.yaml}. Prometheus scrapes those
	 * among them that have a file in {@code stack/prometheus}, and sends alerts to those
	 * that are Alertmanagers. {@code alertmanager} alone if not said.
	 * @param names the names
	 * @return this
	 */
	public AssemblyRequest parts(Set<String> names) {
		this.parts = Set.copyOf(names);
		return this;
	}

	/**
	 * Whether Prometheus runs in a container, which reaches services on this machine as
	 * {@code host.docker.internal}. It does not if not said.
	 * @param inContainers whether it does
	 * @return this
	 */
	public AssemblyRequest containers(boolean inContainers) {
		this.containers = inContainers;
		return this;
	}

	/**
	 * Where Prometheus reaches the parts of the stack.
	 * @param addresses the actual address by the standard one, such as
	 * {@code localhost:9093}
	 * @return this
	 */
	public AssemblyRequest partAddresses(Map<String, String> addresses) {
		this.partAddresses = Map.copyOf(addresses);
		return this;
	}

	/**
	 * Where Prometheus reaches the sample services.
	 * @param addresses the actual address by the standard one: {@code localhost:18080}
	 * and {@code localhost:18081}
	 * @return this
	 */
	public AssemblyRequest sampleAddresses(Map<String, String> addresses) {
		this.sampleAddresses = Map.copyOf(addresses);
		return this;
	}

	/**
	 * Leave out the targets of the sample services. Their standard addresses are then
	 * those of any other service.
	 * @return this
	 */
	public AssemblyRequest withoutSamples() {
		this.samples = false;
		this.sampleAddresses = Map.of();
		return this;
	}

	/**
	 * Where the target files are: {@code stack/prometheus/targets} and the data folder's
	 * {@code targets} if not said.
	 * @param folders the folders; those that are not there are empty
	 * @return this
	 */
	public AssemblyRequest targetFolders(List<Path> folders) {
		this.targetFolders = List.copyOf(folders);
		return this;
	}

	/**
	 * Where messages go.
	 * @param destinations the channels and addresses
	 * @return this
	 */
	public AssemblyRequest notifications(Notifications destinations) {
		this.notifications = destinations;
		return this;
	}

	/**
	 * Whether messages about what wakes nobody wait for the morning. They do if not said.
	 * @param waiting whether they do
	 * @return this
	 */
	public AssemblyRequest muted(boolean waiting) {
		this.muted = waiting;
		return this;
	}

	/**
	 * What Prometheus takes of services at most. What is not said is as in
	 * {@code stack/prometheus/prometheus.yml}.
	 * @param byKey numbers by the keys of that file, such as {@code sample_limit}
	 * @return this
	 */
	public AssemblyRequest limits(Map<String, String> byKey) {
		this.limits = Map.copyOf(byKey);
		return this;
	}

	/**
	 * Who gets warnings outside working hours, unless messages are sent at any time. The
	 * owners if not said.
	 * @param choice who does
	 * @return this
	 */
	public AssemblyRequest warningsOffHours(WarningsOffHours choice) {
		this.warningsOffHours = choice;
		return this;
	}

	/**
	 * Where the links of messages lead.
	 * @param destinations the addresses
	 * @return this
	 */
	public AssemblyRequest links(Links destinations) {
		this.links = destinations;
		return this;
	}

	/**
	 * One more file, or another text for one of the repository's.
	 * @param path its path in the data folder without {@code assembled}, such as
	 * {@code prometheus/rules/more.yml}
	 * @param text its text
	 * @return this
	 */
	public AssemblyRequest file(String path, String text) {
		this.files.put(path, text);
		return this;
	}

	Repository repository() {
		return this.repository;
	}

	Path dataFolder() {
		return this.dataFolder;
	}

	Checker checker() {
		return this.checker;
	}

	Map<String, String> files() {
		return this.files;
	}

	Set<String> parts() {
		return this.parts;
	}

	Addresses addresses() {
		return new Addresses(this.partAddresses, this.sampleAddresses, this.containers);
	}

	boolean samples() {
		return this.samples;
	}

	List<Path> targetFolders() {
		return this.targetFolders;
	}

	Notifications notifications() {
		return this.notifications;
	}

	boolean muted() {
		return this.muted;
	}

	Map<String, String> limits() {
		return this.limits;
	}

	WarningsOffHours warningsOffHours() {
		return this.muted ? this.warningsOffHours : new WarningsOffHours("owners");
	}

	Links links() {
		return this.links;
	}

}
