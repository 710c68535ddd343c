package io.flowforge.launcher.command;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import io.flowforge.launcher.config.AlertmanagerConfiguration;
import io.flowforge.launcher.config.Notifications;
import io.flowforge.launcher.config.WarningsOffHours;
import io.flowforge.launcher.settings.Setting;
import io.flowforge.launcher.settings.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "print", description = "Prints a configuration, for a stack of your own.")
final class PrintCommand implements Callable<Integer> {

	private static final String CHOICE = "none, slack, email or slack-email; FLOWFORGE_NOTIFY by default.";

	private final Context context;

	PrintCommand(Context context) {
		this.context = context;
	}

	@Override
	public Integer call() {
		System.out.println("Print what? alertmanager.");
		return 2;
	}

	@Command(name = "alertmanager", description = "alertmanager.yml, with the receivers of a choice.")
	int alertmanager(@Parameters(paramLabel = "CHOICE", arity = "0..1", description = CHOICE) @Nullable String choice) {
		System.out.print(offHours()
			.in(AlertmanagerConfiguration.assemble(this.context.repository(), notifications(choice), true)));
		return 0;
	}

	private WarningsOffHours offHours() {
		return WarningsOffHours.from(Settings.of(this.context.environment()).toEnvironment()::get);
	}

	private Notifications notifications(@Nullable String choice) {
		Map<String, String> environment = new TreeMap<>(this.context.environment());
		if (choice != null) {
			environment.put(Setting.NOTIFY.variable(), choice);
		}
		Map<String, String> settings = Settings.of(environment).toEnvironment();
		return Notifications.from(settings::get);
	}

}
