package io.flowforge.launcher.command;

import java.util.concurrent.Callable;

import io.flowforge.launcher.config.TimeScale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "pace", description = "Makes alerting run faster: divides every duration of its configuration.")
final class PaceCommand implements Callable<Integer> {

	private final Context context;

	@Parameters(paramLabel = "FACTOR", description = "The divisor: a number from 1 (the usual speed) to 150.")
	private String factor = "1";

	PaceCommand(Context context) {
		this.context = context;
	}

	@Override
	public Integer call() {
		TimeScale scale = TimeScale.parse(this.factor);
		this.context.stack().pace(scale);
		return 0;
	}

}
