package io.flowforge.launcher.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.flowforge.launcher.process.ServerCommand;

/**
 * How Alertmanager is started as a plain process, and what its program can do.
 */
public final class AlertmanagerCommand {

	private static final String DEBIANS = "prometheus-alertmanager";

	private AlertmanagerCommand() {
	}

	/**
	 * One Alertmanager.
	 * @param configuration the folder with {@code alertmanager.yml}
	 * @param storage where it keeps its data, relative to the configuration
	 * @param port its port
	 * @param url the address under which people see it
	 * @param timeZone the time zone of the times in messages
	 * @param cluster flags of a pair; none for one alone, which then opens no second port
	 * @return the command
	 */
	public static ServerCommand of(Path configuration, String storage, int port, String url, String timeZone,
			String... cluster) {
		String program = program();
		List<String> command = new ArrayList<>(List.of(program, "--config.file=alertmanager.yml",
				"--storage.path=" + storage, "--web.listen-address=%s:%d".formatted(BackendCommands.LOOPBACK, port),
				"--web.external-url=" + url, "--web.route-prefix=/"));
		if (AlertmanagerVersion.hasReceiverNames(program)) {
			command.add("--enable-feature=receiver-name-in-metrics");
		}
		command.addAll((cluster.length > 0) ? List.of(cluster) : List.of("--cluster.listen-address="));
		return new ServerCommand("alertmanager", configuration, command, Map.of("TZ", timeZone),
				BackendCommands.local(port, "/-/ready"), List.of());
	}

	// Debian's has the second name, and is older than what a person puts beside it.
	static String program() {
		return BackendCommands.program("alertmanager", DEBIANS);
	}

	// Debian's comes without a page, and with a script that adds it.
	static boolean hasPage() {
		return !Path.of(program()).endsWith(DEBIANS)
				|| Files.exists(Path.of("/usr/share/prometheus/alertmanager/ui/index.html"));
	}

}
