package io.flowforge.launcher.command;

import java.util.concurrent.Callable;

import io.flowforge.launcher.runtime.TakeDown;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "down", description = "Ends everything that the stack has started. What it has stored stays.")
final class DownCommand implements Callable<Integer> {

	private final Context context;

	@Option(names = "--clean", description = "Removes what the stack has stored, too.")
	private boolean clean;

	DownCommand(Context context) {
		this.context = context;
	}

	@Override
	public Integer call() {
		boolean ran = new TakeDown(this.context.repository(), this.context.data()).run();
		this.context.terminal().say(ran ? "Everything is down." : "Nothing was running.");
		if (this.clean) {
			this.context.data().clean();
			this.context.terminal().say("Removed what the stack kept in %s.".formatted(this.context.data().path()));
		}
		return 0;
	}

}
