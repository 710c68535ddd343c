package io.flowforge.launcher.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.Terminal;
import io.flowforge.launcher.build.Samples;
import io.flowforge.launcher.config.Secrets;
import io.flowforge.launcher.config.TimeScale;
import io.flowforge.launcher.layout.DataFolder;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.settings.Setting;
import io.flowforge.launcher.settings.Settings;

/**
 * Brings a stack up, or what is missing of one that is up already.
 */
public final class BringUp {

	private static final Duration PULL_TIMEOUT = Duration.ofMinutes(10);

	/** Where processes would do as well, nobody waits that long. */
	private static final Duration SHORT_PULL_TIMEOUT = Duration.ofMinutes(1);

	private final Repository repository;

	private final Map<String, String> environment;

	private final DataFolder data;

	private final Terminal terminal;

	public BringUp(Repository repository, DataFolder data, Map<String, String> environment, Terminal terminal) {
		this.repository = repository;
		this.data = data;
		this.environment = environment;
		this.terminal = terminal;
	}

	/**
	 * Bring the stack up.
	 * @return the stack
	 * @throws StackException if it does not come up; then nothing that was not there
	 * before runs
	 */
	public Stack run() {
		Settings wanted = Settings.of(this.environment);
		Optional<StackState> before = StackState.read(this.data);
		Settings settings = before.map(StackState::toSettings).orElse(wanted);
		before.ifPresent((state) -> settings.changedBy(wanted)
			.forEach((variable) -> this.terminal
				.say("%s is not in force: the stack is up with other settings ('make down' ends it)."
					.formatted(variable))));
		return before.isPresent() ? complete(before.get()) : begin(settings);
	}

	private Stack begin(Settings settings) {
		Preflight preflight = preflight(settings);
		preflight.checkPorts(Part.wantedBy(settings), settings, settings.get(Setting.RUNTIME).equals("containers"));
		preflight.orThrow();
		boolean containers = chooseContainers(settings);
		Steps steps = new Steps(this.terminal);
		Samples samples = new Samples(this.repository, this.data, Part.wantedBy(settings));
		CompletableFuture<Void> build = build(samples, settings, steps);
		List<Part> absent = containers ? List.of()
				: new ProcessPrograms(this.repository, this.data, settings, this.terminal, steps).get();
		Steps.join(build);
		if (!containers) {
			checkAlertmanager(settings);
			samples.extract(this.terminal::say);
		}
		StackState state = new StackState(containers, settings.toEnvironment(), absent, 1);
		// The same one that starts the parts: it starts no more of them once it has
		// ended.
		Stack stack = new Stack(this.repository, this.data, state);
		AtomicBoolean givenUp = new AtomicBoolean();
		Thread interrupted = new Thread(() -> giveUp(stack, givenUp), "give-up");
		java.lang.Runtime.getRuntime().addShutdownHook(interrupted);
		try {
			state.write(this.data);
			stack.configuration().forgetOtherAddresses();
			stack.configure();
			startAll(stack, stack.parts());
			return stack;
		}
		catch (RuntimeException ex) {
			if (!giveUp(stack, givenUp)) {
				throw new StackException("Interrupted.", ex);
			}
			throw ex;
		}
		finally {
			forget(interrupted);
		}
	}

	// Only once: by the thread that starts the parts, or by a signal.
	private boolean giveUp(Stack stack, AtomicBoolean givenUp) {
		boolean first = givenUp.compareAndSet(false, true);
		if (first) {
			this.terminal.say("Not up; ending what was started.");
			stack.end();
		}
		return first;
	}

	private static void forget(Thread hook) {
		try {
			java.lang.Runtime.getRuntime().removeShutdownHook(hook);
		}
		catch (IllegalStateException ex) {
			// This process is ending, and the hook has run or is running.
		}
	}

	// What runs stays, unless it would be started differently by now.
	private Stack complete(StackState state) {
		Preflight preflight = preflight(state.toSettings());
		Stack stack = new Stack(this.repository, this.data, state);
		preflight.checkPorts(stack.parts().stream().filter((part) -> !stack.isAlive(part)).toList(), stack.settings(),
				state.containers());
		preflight.orThrow();
		Samples samples = new Samples(this.repository, this.data, state.parts());
		Steps.join(build(samples, state.toSettings(), new Steps(this.terminal)));
		if (!state.containers()) {
			samples.extract(this.terminal::say);
		}
		Stack current = new Stack(this.repository, this.data, state);
		if (state.speed() != 1) {
			current.pace(TimeScale.NORMAL);
		}
		List<Part> reloaded = current.configure();
		List<Part> missing = current.parts()
			.stream()
			.filter((part) -> (!current.isUp(part) && !current.isBeingBuilt(part)) || current.isOutdated(part))
			.toList();
		missing.forEach((part) -> this.terminal.say("  %s %s.".formatted(part.id(),
				current.isUp(part) ? "has changed and is started again" : "was down and is started")));
		// One that runs without answering is ended first.
		current.stop(missing);
		startAll(current, missing);
		if (missing.isEmpty()) {
			if (current.parts().stream().anyMatch(current::isBeingBuilt)) {
				this.terminal.say("The OpenTelemetry Collector is still being built.");
			}
			this.terminal.say(reloaded.isEmpty() ? "Already up; nothing has changed."
					: "Already up; loaded anew: " + String.join(", ", reloaded.stream().map(Part::id).toList()) + ".");
		}
		return current;
	}

	private void startAll(Stack stack, List<Part> parts) {
		stack.start(parts.stream().filter((part) -> part != Part.PROMETHEUS).toList(), this.terminal);
		if (parts.contains(Part.PROMETHEUS)) {
			stack.start(List.of(Part.PROMETHEUS), this.terminal);
		}
		stack.removeOldJars();
		new Training(this.repository, this.data).begin(stack.untrainedJars());
	}

	private Preflight preflight(Settings settings) {
		Preflight preflight = new Preflight();
		preflight.checkDisk(this.data);
		preflight.checkCollectorConfiguration(settings, this.repository.file("stack/otel-collector"));
		preflight.check(() -> StackConfiguration.check(this.repository, this.data, settings));
		return preflight;
	}

	private static void checkAlertmanager(Settings settings) {
		Secrets secrets = Secrets.read(settings.toEnvironment()::get);
		boolean bot = settings.get(Setting.NOTIFY).contains("slack") && !secrets.slackBotToken().isEmpty();
		if (bot || settings.isSet(Setting.PLATFORM_SLACK_BOT_TOKEN_FILE)) {
			AlertmanagerVersion.requireForSlack(AlertmanagerCommand.program());
		}
	}

	private boolean chooseContainers(Settings settings) {
		String wanted = settings.get(Setting.RUNTIME);
		if (wanted.equals("processes")) {
			this.terminal.say("Running as processes: FLOWFORGE_RUNTIME says so.");
			return false;
		}
		ComposeRuntime compose = new ComposeRuntime(this.repository, this.data, settings);
		Optional<String> reason = compose.whyNot(wanted.isEmpty() ? SHORT_PULL_TIMEOUT : PULL_TIMEOUT,
				this.terminal::say);
		if (reason.isPresent() && !wanted.isEmpty()) {
			throw new StackException("Containers cannot be had: %s.".formatted(reason.get()));
		}
		this.terminal.say(reason.map((why) -> "Running as processes: " + why + ".")
			.orElse("Running as containers: a Docker engine answers."));
		return reason.isEmpty();
	}

	private static CompletableFuture<Void> build(Samples samples, Settings settings, Steps steps) {
		if (!samples.needBuild()) {
			samples.build();
			return CompletableFuture.completedFuture(null);
		}
		return steps.begin(settings.wants(Setting.SAMPLES) ? "Building the samples" : "Building the inbox",
				"about a minute the first time", samples::build);
	}

}
