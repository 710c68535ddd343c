package io.flowforge.launcher.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.flowforge.launcher.StackException;
import io.flowforge.launcher.Terminal;
import io.flowforge.launcher.build.Collector;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "collector",
		description = "Prints where the OpenTelemetry Collector is, and builds it first if need be.")
final class CollectorCommand implements Callable<Integer> {

	private final Context context;

	@Option(names = "--no-build", description = "Fails where it would have to be built.")
	private boolean noBuild;

	CollectorCommand(Context context) {
		this.context = context;
	}

	@Override
	public Integer call() {
		Collector collector = new Collector(this.context.repository());
		Optional<Path> found = collector.find();
		if (found.isEmpty() && !this.noBuild && collector.canBeBuilt()) {
			Terminal.Step step = this.context.terminal()
				.begin("Building the OpenTelemetry Collector " + collector.version(), "two or three minutes, once");
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
