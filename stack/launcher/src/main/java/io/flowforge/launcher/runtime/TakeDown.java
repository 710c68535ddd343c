package io.flowforge.launcher.runtime;

import java.util.Map;
import java.util.Optional;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.layout.DataFolder;
import io.flowforge.launcher.settings.Settings;

/**
 * Ends a stack, by what was noted when it was started: settings that make no sense by now
 * do not keep it alive.
 */
public final class TakeDown {

	private final Repository repository;

	private final DataFolder data;

	public TakeDown(Repository repository, DataFolder data) {
		this.repository = repository;
		this.data = data;
	}

	/**
	 * End everything that was started.
	 * @return whether anything ran
	 */
	public boolean run() {
		boolean ran = new ProcessRuntime(this.data, (part) -> {
			throw new IllegalStateException("Nothing is started here");
		}).end();
		Optional<StackState> state = readableState();
		if (state.isPresent() && state.get().containers()) {
			ran |= new ComposeRuntime(this.repository, this.data, settings(state.get())).end();
		}
		DataFolder.delete(this.data.state());
		return ran;
	}

	private Optional<StackState> readableState() {
		try {
			return StackState.read(this.data);
		}
		catch (StackException ex) {
			return Optional.empty();
		}
	}

	// Compose ends its project whatever the settings are.
	private static Settings settings(StackState state) {
		try {
			return state.toSettings();
		}
		catch (StackException ex) {
			return Settings.of(Map.of());
		}
	}

}
