package io.flowforge.launcher.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.flowforge.launcher.Http;
import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.Terminal;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.build.Collector;
import io.flowforge.launcher.build.Samples;
import io.flowforge.launcher.build.SpringBootJar;
import io.flowforge.launcher.build.StandIn;
import io.flowforge.launcher.config.TimeScale;
import io.flowforge.launcher.layout.DataFolder;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.settings.Settings;

/**
 * A stack that is up, or is being brought up.
 */
public final class Stack {

	private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(150);

	private static final Duration RELOAD_TIMEOUT = Duration.ofSeconds(20);

	private final Repository repository;

	private final DataFolder data;

	private final Settings settings;

	private final Samples samples;

	private final Runtime runtime;

	private final StackConfiguration configuration;

	private final CollectorBuild collectorBuild;

	private StackState state;

	Stack(Repository repository, DataFolder data, StackState state) {
		this.repository = repository;
		this.data = data;
		this.state = state;
		this.settings = state.toSettings();
		this.samples = new Samples(repository, data, state.parts());
		this.collectorBuild = new CollectorBuild(repository, data, this.settings);
		PartCommands commands = new PartCommands(repository, data, this.settings, state.parts(), this::program);
		this.runtime = state.containers() ? new ComposeRuntime(repository, data, this.settings, this.samples::jar)
				: new ProcessRuntime(data,
						(part) -> mustBeBuilt(part) ? this.collectorBuild.command() : commands.of(part));
		this.configuration = new StackConfiguration(repository, data, state, this.runtime);
	}

	private Path program(Part part) {
		return switch (part) {
			case OTEL_COLLECTOR -> new Collector(this.repository).find()
				.orElseThrow(() -> new StackException("There is no OpenTelemetry Collector any more."));
			case ZIPKIN, VICTORIA_LOGS -> StandIn.of(part, this.repository)
				.find()
				.orElseThrow(() -> new StackException(
						"There is no %s any more: 'make down' and 'make dev' bring it back.".formatted(part.id())));
			default -> this.samples.program(part);
		};
	}

	/**
	 * The jars that this stack has started and that could be started with less work.
	 * @return jars, none if it runs in containers
	 */
	List<Path> untrainedJars() {
		return isInContainers() ? List.of()
				: parts().stream()
					.filter((part) -> Part.SAMPLES.contains(part) || part == Part.ZIPKIN)
					.map(this::program)
					.filter(SpringBootJar::canBeTrained)
					.toList();
	}

	/**
	 * The stack that is up.
	 * @param repository the repository
	 * @param data its folder
	 * @return the stack, if one is up
	 */
	public static Optional<Stack> find(Repository repository, DataFolder data) {
		return StackState.read(data).map((state) -> new Stack(repository, data, state));
	}

	/**
	 * The stack that is up.
	 * @param repository the repository
	 * @param data its folder
	 * @return the stack
	 * @throws StackException if none is up
	 */
	public static Stack require(Repository repository, DataFolder data) {
		return find(repository, data)
			.orElseThrow(() -> new StackException("The stack is not running: start it with 'make dev'."));
	}

	public Settings settings() {
		return this.settings;
	}

	public DataFolder data() {
		return this.data;
	}

	public boolean isInContainers() {
		return this.state.containers();
	}

	public double speed() {
		return this.state.speed();
	}

	public StackConfiguration configuration() {
		return this.configuration;
	}

	/**
	 * The parts of the stack.
	 * @return parts, in the order in which they need each other
	 */
	public List<Part> parts() {
		return this.state.parts();
	}

	public Prometheus prometheus() {
		return new Prometheus(Part.PROMETHEUS.address(this.settings));
	}

	public boolean isAlive(Part part) {
		return this.runtime.isAlive(part);
	}

	public boolean isUp(Part part) {
		return this.runtime.isAlive(part) && isHealthy(part);
	}

	public boolean isOutdated(Part part) {
		return this.runtime.isOutdated(part);
	}

	private boolean isHealthy(Part part) {
		return Http.answers(part.health(this.settings));
	}

	public Map<Part, Runtime.Instance> instances() {
		return this.runtime.instances(parts());
	}

	/**
	 * Whether a part is still being built, with something else in its place meanwhile.
	 * @param part the part
	 * @return whether it takes the place of the part by itself, in some minutes
	 */
	public boolean isBeingBuilt(Part part) {
		return mustBeBuilt(part) && isAlive(part) && !this.collectorBuild.hasFailed();
	}

	/**
	 * Whether the build of a part has failed.
	 * @param part the part
	 * @return whether something else is in its place until the stack is brought up anew
	 */
	public boolean hasFailedToBuild(Part part) {
		return mustBeBuilt(part) && this.collectorBuild.hasFailed();
	}

	private boolean mustBeBuilt(Part part) {
		return part == Part.OTEL_COLLECTOR && !isInContainers() && this.collectorBuild.isNeeded();
	}

	/**
	 * Start parts and wait until they are healthy, except for one that has yet to be
	 * built.
	 * @param parts the parts
	 * @param terminal shows how it goes
	 * @throws StackException if one does not become healthy, with the end of its log
	 */
	public void start(List<Part> parts, Terminal terminal) {
		if (parts.stream().anyMatch(this::mustBeBuilt)) {
			this.collectorBuild.forgetFailure();
		}
		this.runtime.start(parts);
		List<Part> waiting = new ArrayList<>(parts);
		if (waiting.removeIf(this::mustBeBuilt)) {
			terminal
				.say("""
						Building the OpenTelemetry Collector goes on in the background, once, for five to ten minutes; then it joins.
						Until then, traces and logs are taken and dropped. What Go says is in %s."""
					.formatted(this.data.log("collector-build")));
		}
		Map<Part, Terminal.Step> steps = new EnumMap<>(Part.class);
		waiting.forEach((part) -> steps.put(part, terminal.begin(part.id(), "")));
		long deadline = System.nanoTime() + HEALTH_TIMEOUT.toNanos();
		while (!waiting.isEmpty()) {
			for (Part part : List.copyOf(waiting)) {
				if (isHealthy(part)) {
					steps.get(part).done("");
					waiting.remove(part);
				}
				else if (!this.runtime.isAlive(part) || System.nanoTime() > deadline) {
					steps.get(part).failed("");
					throw new StackException("%s is not healthy; the end of its log:%n%s".formatted(part.id(),
							this.runtime.lastWords(part).indent(4).stripTrailing()));
				}
			}
			Waiting.pause();
		}
	}

	/**
	 * Remove copies of jars that no part was started from.
	 */
	void removeOldJars() {
		this.samples.removeOthers();
	}

	public void stop(Collection<Part> parts) {
		this.runtime.stop(parts);
	}

	/**
	 * Gather the configuration from the repository anew, have it checked, and put it into
	 * force.
	 * @return the parts that have read a new configuration
	 * @throws StackException if it is wrong; what was in force then stays
	 */
	public List<Part> configure() {
		return StackLock.whileHeld(this.data, () -> {
			this.configuration.assemble();
			return putIntoForce();
		});
	}

	/**
	 * Have alerting run faster: every duration of its configuration is divided.
	 * @param factor by what; 1 for the usual speed
	 */
	public void pace(TimeScale factor) {
		StackLock.whileHeld(this.data, () -> {
			this.state = this.state.withSpeed(factor.factor());
			this.configuration.setSpeed(factor);
			// Noted first: whatever happens next, the next command knows.
			this.state.write(this.data);
			return putIntoForce();
		});
	}

	private List<Part> putIntoForce() {
		List<Part> reloaded = new ArrayList<>();
		for (Part part : this.configuration.apply()) {
			if (isUp(part)) {
				reload(part);
				reloaded.add(part);
			}
		}
		return reloaded;
	}

	private void reload(Part part) {
		Reload before = Reload.of(part.address(this.settings));
		this.runtime.reload(part);
		Waiting.until("%s has not read its new configuration; see %s".formatted(part.id(), this.data.log(part.id())),
				RELOAD_TIMEOUT, () -> !Reload.of(part.address(this.settings)).equals(before));
		if (!Reload.of(part.address(this.settings)).succeeded()) {
			throw new StackException("%s refuses its new configuration and keeps the old one; the end of its log:%n%s"
				.formatted(part.id(), this.runtime.lastWords(part).indent(4).stripTrailing()));
		}
	}

	/**
	 * End everything.
	 * @return whether anything ran
	 */
	public boolean end() {
		boolean ran = this.runtime.end();
		DataFolder.delete(this.data.state());
		return ran;
	}

}
