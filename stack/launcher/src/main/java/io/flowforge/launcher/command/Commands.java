package io.flowforge.launcher.command;

import io.flowforge.launcher.StackException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * All commands, and how each of them ends: 0, 1 if it could not do what it was asked, 2
 * if it was asked in a way that makes no sense.
 */
@Command(name = "stack/launch", description = "Starts and ends the stack, and watches services.",
		synopsisSubcommandLabel = "COMMAND", mixinStandardHelpOptions = true)
public final class Commands implements Runnable {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	private Commands() {
	}

	@Override
	public void run() {
		this.spec.commandLine().usage(System.out);
	}

	/**
	 * Run a command.
	 * @param arguments its name and its options
	 * @return the exit status of the process
	 */
	public static int run(String... arguments) {
		Context context;
		try {
			context = Context.ofThisProcess();
		}
		catch (StackException ex) {
			System.err.println(ex.getMessage());
			return 1;
		}
		CommandLine line = new CommandLine(new Commands()).addSubcommand(new UpCommand(context))
			.addSubcommand(new DownCommand(context))
			.addSubcommand(new StatusCommand(context))
			.addSubcommand(new WatchCommand(context))
			.addSubcommand(new UnwatchCommand(context))
			.addSubcommand(new CheckSlackCommand(context))
			.addSubcommand(new PaceCommand(context))
			.addSubcommand(new PartCommand(context))
			.addSubcommand(new PrintCommand(context))
			.addSubcommand(new CollectorCommand(context))
			.addSubcommand(new TrainCommand());
		line.setExecutionExceptionHandler((ex, command, result) -> {
			if (ex instanceof StackException) {
				System.err.println(ex.getMessage());
				return 1;
			}
			throw ex;
		});
		line.setParameterExceptionHandler((ex, args) -> {
			System.err.println(ex.getMessage() + ".");
			System.err.println(
					"'stack/launch %s --help' says how it is used.".formatted(ex.getCommandLine().getCommandName()));
			return 2;
		});
		return line.execute(arguments);
	}

}
