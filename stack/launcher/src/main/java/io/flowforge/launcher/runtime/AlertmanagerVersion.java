package io.flowforge.launcher.runtime;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.flowforge.launcher.StackException;
import io.flowforge.launcher.process.Programs;

/**
 * Whether an Alertmanager can be trusted with Slack's API, which answers 200 also to what
 * it refuses.
 */
final class AlertmanagerVersion {

	private static final Pattern VERSION = Pattern.compile("version (\\d+)\\.(\\d+)\\.\\d+");

	// The first 0.x that reads Slack's answer.
	private static final int FIRST = 26;

	// The first 0.x that can count notifications by receiver.
	private static final int FIRST_WITH_RECEIVER_NAMES = 27;

	private AlertmanagerVersion() {
	}

	/**
	 * Whether an Alertmanager knows {@code --enable-feature=receiver-name-in-metrics}.
	 * @param program the program
	 * @return whether it does
	 */
	static boolean hasReceiverNames(String program) {
		return hasReceiverNamesIn(Programs.run(Path.of("."), program, "--version").output());
	}

	static boolean hasReceiverNamesIn(String output) {
		Matcher version = VERSION.matcher(output);
		return version.find() && (Integer.parseInt(version.group(1)) > 0
				|| Integer.parseInt(version.group(2)) >= FIRST_WITH_RECEIVER_NAMES);
	}

	/**
	 * Refuse an Alertmanager that is too old for a bot in Slack.
	 * @param program the program
	 * @throws StackException if it is
	 */
	static void requireForSlack(String program) {
		requireForSlackIn(Programs.run(Path.of("."), program, "--version").output());
	}

	static void requireForSlackIn(String output) {
		Matcher version = VERSION.matcher(output);
		if (version.find() && Integer.parseInt(version.group(1)) == 0 && Integer.parseInt(version.group(2)) < FIRST) {
			throw new StackException(
					"Alertmanager 0.%s treats a message that Slack refuses as delivered, so nobody would notice a lost alert: put 0.%d or newer on the PATH as alertmanager (where Go is: go install github.com/prometheus/alertmanager/cmd/alertmanager@v0.28.1), or use email: FLOWFORGE_NOTIFY=email."
						.formatted(version.group(2), FIRST));
		}
	}

}
