package io.flowforge.launcher.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.Terminal;
import io.flowforge.launcher.layout.DataFolder;
import io.flowforge.launcher.runtime.Stack;

/**
 * Ends the watch over a service. It is gone on purpose, and nobody is paged for it.
 */
public final class Unwatch {

	private final Repository repository;

	private final DataFolder data;

	private final Terminal terminal;

	public Unwatch(Repository repository, DataFolder data, Terminal terminal) {
		this.repository = repository;
		this.data = data;
		this.terminal = terminal;
	}

	/**
	 * End the watch.
	 * @param name the service
	 */
	public void run(String name) {
		WatchRequest.checkName(name);
		Path file = Watch.file(this.data, name);
		if (!Files.exists(file)) {
			List<String> names = Watch.names(this.data);
			throw new StackException("NAME=%s is not watched by 'make watch'. %s".formatted(name,
					names.isEmpty() ? "No service is." : "These services are: " + String.join(", ", names) + "."));
		}
		try {
			String target = Files.readString(file);
			Files.delete(file);
			try {
				Stack.find(this.repository, this.data).ifPresent(Stack::configure);
			}
			catch (StackException ex) {
				DataFolder.write(file, target);
				throw ex;
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.terminal.say("%s is no longer watched, and nobody is paged for that.".formatted(name));
	}

}
