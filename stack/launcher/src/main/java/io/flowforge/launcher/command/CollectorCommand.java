package io.flowforge.launcher.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.flowforge.launcher.StackException;
import io.flowforge.launcher.Terminal;
import io.flowforge.launcher.build.Collector;
import io.flowforge.launcher.runtime.CollectorBuild;
import io.flowforge.launcher.runtime.StackState;
import io.flowforge.launcher.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "collector",
		description = "Prints the path of the OpenTelemetry Collector, and builds it first if necessary.")
final class CollectorCommand implements Callable<Integer> {

	private final Context context;

	@Option(names = "--no-build", description = "Fails if it would have to be built.")
	private boolean noBuild;

	@Option(names = "--join", hidden = true, description = "Adds it to the stack that is up, once it is built.")
	private boolean join;

	CollectorCommand(Context context) {
		this.context = context;
	}

	@Override
	public Integer call() throws IOException, InterruptedException {
		if (this.join) {
			Settings settings = StackState.read(this.context.data()).orElseThrow().toSettings();
			new CollectorBuild(this.context.repository(), this.context.data(), settings).run(this.context.terminal());
			return 0;
		}
		Collector collector = new Collector(this.context.repository());
		Optional<Path> found = collector.find();
		if (found.isEmpty() && !this.noBuild && collector.canBeBuilt()) {
			Terminal.Step step = this.context.terminal()
				.begin("Building the OpenTelemetry Collector " + collector.version(),
						"five to ten minutes on two cores, once");
			found = Optional.of(collector.build(this.context.data().log("collector-build")));
			step.done("");
		}
		this.context.terminal()
			.say(found
				.orElseThrow(() -> new StackException(
						"There is no OpenTelemetry Collector: put otelcol-contrib %s on the PATH, or Go, to build one."
							.formatted(collector.version())))
				.toString());
		return 0;
	}

}
