package io.flowforge.drill;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.Terminal;
import io.flowforge.launcher.command.Context;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command line of the drill: what {@code stack/launch drill} runs. An option without
 * a value counts as not given.
 */
@Command(name = "stack/launch drill", description = "Breaks a service on purpose and shows the alert arrive.",
		mixinStandardHelpOptions = true)
public final class Drill implements Callable<Integer> {

	private static final List<String> YES = List.of("1", "yes", "true");

	private static final List<String> NO = List.of("", "0", "no", "false");

	private static final int MAX_WAIT = 86_400;

	@Option(names = "--fault", description = "How orders-service fails: errors, latency, health or down.")
	private String fault = "";

	@Option(names = "--service", description = "The name of a service of yours that is watched.")
	private String service = "";

	@Option(names = "--all", description = "1 for all scenarios, on a stack of their own.")
	private String all = "";

	@Option(names = "--wait",
			description = "How many seconds to wait for the alert of your service, and for its all-clear (600).")
	private String wait = "";

	private Drill() {
	}

	/**
	 * Run a drill.
	 * @param arguments its options
	 */
	public static void main(String[] arguments) {
		System.exit(run(arguments));
	}

	static int run(String... arguments) {
		CommandLine line = new CommandLine(new Drill());
		line.setExecutionExceptionHandler((ex, command, result) -> {
			if (ex instanceof StackException || ex instanceof UncheckedIOException) {
				System.err.println(ex.getMessage());
				return 1;
			}
			throw ex;
		});
		line.setParameterExceptionHandler((ex, args) -> {
			System.err.println(ex.getMessage() + ". 'stack/launch drill --help' says how it is used.");
			return 1;
		});
		return line.execute(arguments);
	}

	@Override
	public Integer call() {
		boolean everything = isAll();
		refuseContradictions(everything);
		if (everything) {
			return new FullDrill(Repository.around(Path.of("")), Terminal.ofThisProcess()).run() ? 0 : 1;
		}
		if (!this.service.isEmpty()) {
			Duration timeout = timeout();
			Context context = Context.ofThisProcess();
			new ServiceDrill(context.stack(), this.service, timeout, context.terminal()).run();
		}
		else {
			Fault chosen = Fault.of(this.fault.isEmpty() ? "errors" : this.fault);
			Context context = Context.ofThisProcess();
			new FaultDrill(context.stack(), chosen, context.terminal()).run();
		}
		return 0;
	}

	private boolean isAll() {
		if (!YES.contains(this.all) && !NO.contains(this.all)) {
			throw new StackException("ALL=%s must be 1 or 0.".formatted(firstLine(this.all)));
		}
		return YES.contains(this.all);
	}

	private void refuseContradictions(boolean everything) {
		if (everything && Stream.of(this.fault, this.service).anyMatch((value) -> !value.isEmpty())) {
			throw new StackException("ALL=1 runs every scenario on a stack of its own: leave %s away."
				.formatted(this.fault.isEmpty() ? "SERVICE" : "FAULT"));
		}
		if (!this.fault.isEmpty() && !this.service.isEmpty()) {
			throw new StackException(
					"FAULT=%s breaks orders-service only: leave it away, and the drill says how to break %s."
						.formatted(firstLine(this.fault), firstLine(this.service)));
		}
	}

	private Duration timeout() {
		if (this.wait.isEmpty()) {
			return Duration.ofMinutes(10);
		}
		if (!this.wait.matches("[1-9]\\d{0,5}") || Integer.parseInt(this.wait) > MAX_WAIT) {
			throw new StackException(
					"--wait=%s must be a number of seconds from 1 to %d.".formatted(firstLine(this.wait), MAX_WAIT));
		}
		return Duration.ofSeconds(Integer.parseInt(this.wait));
	}

	private static String firstLine(String value) {
		return value.lines().findFirst().orElse("");
	}

}
