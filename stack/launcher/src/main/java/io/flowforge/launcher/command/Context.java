package io.flowforge.launcher.command;

import java.nio.file.Path;
import java.util.Map;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.Terminal;
import io.flowforge.launcher.layout.DataFolder;
import io.flowforge.launcher.runtime.Stack;
import io.flowforge.launcher.settings.Setting;
import io.flowforge.launcher.settings.Settings;

/**
 * Where a command works, and with what.
 *
 * @param repository the repository
 * @param data the stack's folder
 * @param environment what is set
 * @param terminal where to print
 */
public record Context(Repository repository, DataFolder data, Map<String, String> environment, Terminal terminal) {

	/**
	 * The context of this process. Of the settings only the folder is looked at: a stack
	 * can be taken down whatever else is set.
	 * @return the context
	 */
	public static Context ofThisProcess() {
		Repository repository = Repository.around(Path.of(""));
		Map<String, String> environment = System.getenv();
		String folder = environment.getOrDefault(Setting.DATA.variable(), "");
		DataFolder data = DataFolder.of(repository, Settings.of(Map.of(Setting.DATA.variable(), folder)));
		return new Context(repository, data, environment, Terminal.ofThisProcess());
	}

	public Stack stack() {
		return Stack.require(this.repository, this.data);
	}

}
