package io.flowforge.drill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.flowforge.drill.backend.Backends;
import io.flowforge.drill.scenario.ReportRow;
import io.flowforge.drill.scenario.ReportTable;
import io.flowforge.drill.scenario.Scenario;
import io.flowforge.drill.scenario.ScenarioRunner;
import io.flowforge.drill.scenario.ScenarioStack;
import io.flowforge.drill.server.Workspace;
import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.Terminal;
import io.flowforge.launcher.build.Collector;
import io.flowforge.launcher.build.Installation;
import io.flowforge.launcher.build.Samples;
import io.flowforge.launcher.layout.DataFolder;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.settings.Settings;
import org.jspecify.annotations.Nullable;

/**
 * All scenarios for a person to see, on a stack of its own that leaves nothing behind. It
 * uses none of the settings of the person's own stack but the runtime.
 */
final class FullDrill {

	private final Repository repository;

	private final DataFolder data;

	private final Samples samples;

	private final Terminal terminal;

	private final Instant start = Instant.now();

	FullDrill(Repository repository, Terminal terminal) {
		this.repository = repository;
		this.data = DataFolder.of(repository, Settings.of(Map.of()));
		this.samples = new Samples(repository, this.data, Part.SAMPLES);
		this.terminal = terminal;
	}

	/**
	 * Run the drill.
	 * @return whether every scenario went as it should
	 */
	boolean run() {
		prepare();
		Path logs = this.data.log("drill").resolveSibling("drill");
		Path folder = temporaryFolder();
		try (Restoration restoration = new Restoration(this.terminal)) {
			restoration.atEnd(() -> delete(folder));
			ScenarioStack stack = start(new Workspace(this.repository, this::jar, folder, logs, "127.0.0.1"));
			restoration.atEnd(stack::close);
			return run(new ScenarioRunner(stack, this::say), logs);
		}
	}

	private ScenarioStack start(Workspace workspace) {
		Terminal.Step step = this.terminal.begin("Starting four services, the inbox and the backends", "");
		try {
			ScenarioStack stack = new ScenarioStack(workspace, this.terminal::say);
			step.done("");
			return stack;
		}
		catch (RuntimeException ex) {
			step.failed("");
			throw ex;
		}
	}

	private void prepare() {
		if (this.samples.needBuild()) {
			during("Building the samples", "a minute", this.samples::build);
		}
		else {
			this.samples.build();
		}
		Installation installation = new Installation(this.repository);
		if (!Backends.usesContainers(this.repository) && !installation.isComplete()) {
			during("Installing Prometheus and Alertmanager", "", installation::complete);
		}
		Collector collector = new Collector(this.repository);
		if (collector.find().isEmpty() && collector.canBeBuilt()) {
			try {
				during("Building the OpenTelemetry Collector", "a few minutes, once",
						() -> collector.build(this.data.log("collector-build")));
			}
			catch (StackException ex) {
				this.terminal.say(String.valueOf(ex.getMessage()));
			}
		}
	}

	private void during(String title, String hint, Runnable work) {
		Terminal.Step step = this.terminal.begin(title, hint);
		try {
			work.run();
			step.done("");
		}
		catch (RuntimeException ex) {
			step.failed("");
			throw ex;
		}
	}

	private Path jar(String sample) {
		return this.samples.jar(Part.of(sample).orElseThrow());
	}

	private boolean run(ScenarioRunner runner, Path logs) {
		List<Scenario> scenarios = runner.scenarios();
		this.terminal.say("%d scenarios run now, several at a time; minutes are seconds.".formatted(scenarios.size()));
		Terminal.Step step = this.terminal.begin("Running the scenarios", "about six minutes");
		runner.run();
		List<String> unexplained = runner.unexplained();
		step.done("");
		List<ReportRow> rows = scenarios.stream().map((scenario) -> scenario.row().join()).toList();
		this.terminal.say("");
		this.terminal.say(ReportTable.of(rows));
		List<String> wrong = new ArrayList<>();
		rows.forEach((row) -> row.wrong().forEach((what) -> wrong.add("%s: %s.".formatted(row.name(), what))));
		unexplained.forEach((what) -> wrong.add(what + "."));
		wrong.forEach(this.terminal::say);
		this.terminal.say("%d false alarms in %d calm scenarios. %d of %d rows are right. %s s in all.".formatted(
				unexplained.size(), scenarios.stream().filter(Scenario::isCalm).count(),
				rows.stream().filter((row) -> row.wrong().isEmpty()).count(), rows.size(),
				ReportRow.seconds(Duration.between(this.start, Instant.now()))));
		if (!wrong.isEmpty()) {
			this.terminal.say("The logs of all parts are in %s.".formatted(logs));
		}
		return wrong.isEmpty();
	}

	private void say(ReportRow row) {
		if (!row.wrong().isEmpty()) {
			this.terminal.say("  WRONG  %s: %s".formatted(row.name(), row.wrong()));
		}
		else if (row.expected().isEmpty()) {
			this.terminal.say("  ok     %s: no alert, no message".formatted(row.name()));
		}
		else {
			this.terminal.say("  ok     %s: %s to %s".formatted(row.name(), row.got(), row.to())
					+ after(", in Slack", row.slack()) + after(", by email", row.email())
					+ after(", all-clear", row.allClear()));
		}
	}

	private static String after(String what, @Nullable Duration time) {
		return (time != null) ? "%s after %s s".formatted(what, ReportRow.seconds(time)) : "";
	}

	private static Path temporaryFolder() {
		try {
			return Files.createTempDirectory("flowforge-drill");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void delete(Path folder) {
		try (Stream<Path> files = Files.walk(folder)) {
			files.sorted(Comparator.reverseOrder()).forEach((file) -> file.toFile().delete());
		}
		catch (IOException | UncheckedIOException ex) {
			// A server that is ending may still change its files: the system's cleaner
			// gets the rest.
		}
	}

}
