package io.flowforge.launcher;

import io.flowforge.launcher.command.Commands;

/**
 * The command line of the stack: what {@code stack/launch} runs.
 */
public final class Main {

	private Main() {
	}

	/**
	 * Run a command.
	 * @param arguments its name and its options
	 */
	public static void main(String[] arguments) {
		System.exit(Commands.run(arguments));
	}

}
