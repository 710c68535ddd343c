package io.flowforge.launcher.command;

import java.util.concurrent.Callable;

import io.flowforge.launcher.watch.Watch;
import io.flowforge.launcher.watch.WatchRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "watch", description = "Watches a service, and shows what Prometheus knows about it.")
final class WatchCommand implements Callable<Integer> {

	private final Context context;

	@Option(names = "--name", description = "Its spring.application.name.")
	private String name = "";

	@Option(names = "--url", description = "Its address; several instances are separated by commas.")
	private String url = "";

	@Option(names = "--team", description = "Who should own it.")
	private String team = "";

	@Option(names = "--environment", description = "Its environment; what the service says, by default.")
	private String environment = "";

	WatchCommand(Context context) {
		this.context = context;
	}

	@Override
	public Integer call() {
		WatchRequest request = WatchRequest.of(this.name, this.url, this.team, this.environment);
		boolean up = new Watch(this.context.repository(), this.context.stack(), this.context.terminal()).run(request);
		return up ? 0 : 1;
	}

}
