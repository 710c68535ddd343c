package io.flowforge.launcher.command;

import java.util.concurrent.Callable;

import io.flowforge.launcher.watch.Unwatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "unwatch", description = "Ends the watch over a service; nobody is paged for that.")
final class UnwatchCommand implements Callable<Integer> {

	private final Context context;

	@Option(names = "--name", description = "Its spring.application.name.")
	private String name = "";

	UnwatchCommand(Context context) {
		this.context = context;
	}

	@Override
	public Integer call() {
		new Unwatch(this.context.repository(), this.context.data(), this.context.terminal()).run(this.name);
		return 0;
	}

}
