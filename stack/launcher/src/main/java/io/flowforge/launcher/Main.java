package io.flowforge.launcher;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line of the stack.
 */
@Command(name = "stack", description = "Starts the stack, watches services with it, and ends it.",
		mixinStandardHelpOptions = true)
public final class Main {

	private Main() {
	}

	/**
	 * Run a command.
	 * @param arguments its name and its options
	 */
	public static void main(String[] arguments) {
		System.exit(new CommandLine(new Main()).execute(arguments));
	}

}
