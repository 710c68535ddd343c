package io.flowforge.launcher.command;

import java.util.concurrent.Callable;

import io.flowforge.launcher.StackException;
import io.flowforge.launcher.runtime.Stack;
import io.flowforge.launcher.settings.Settings;
import io.flowforge.launcher.slack.SlackChannels;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(name = "check-slack", description = "Checks whether Slack accepts messages to each channel, and sends a test.")
final class CheckSlackCommand implements Callable<Integer> {

	private final Context context;

	CheckSlackCommand(Context context) {
		this.context = context;
	}

	@Override
	public Integer call() {
		return SlackChannels.check(Settings.of(this.context.environment()), stack(), this.context.terminal()) ? 0 : 1;
	}

	private @Nullable Stack stack() {
		try {
			return this.context.stack();
		}
		catch (StackException ex) {
			return null;
		}
	}

}
