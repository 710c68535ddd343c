package io.flowforge.launcher.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

import io.flowforge.launcher.StackException;
import io.flowforge.launcher.Terminal;

/**
 * What takes long and goes on side by side, each step with a line of its own.
 */
final class Steps {

	private final Terminal terminal;

	/** A thread of its own for each, which ends with this process. */
	private final Executor threads = (work) -> {
		Thread thread = new Thread(work, "bring-up");
		thread.setDaemon(true);
		thread.start();
	};

	Steps(Terminal terminal) {
		this.terminal = terminal;
	}

	/**
	 * Begin a step.
	 * @param title what is being done
	 * @param hint how long it takes
	 * @param work what to do
	 * @return ends with the step
	 */
	CompletableFuture<Void> begin(String title, String hint, Runnable work) {
		return CompletableFuture.runAsync(() -> run(title, hint, work), this.threads);
	}

	private void run(String title, String hint, Runnable work) {
		Terminal.Step step = this.terminal.begin(title, hint);
		try {
			work.run();
			step.done("");
		}
		catch (StackException ex) {
			step.failed("");
			throw ex;
		}
	}

	/**
	 * Wait for a step.
	 * @param step the step
	 * @throws StackException if it has failed
	 */
	static void join(CompletableFuture<Void> step) {
		try {
			step.join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof StackException cause) {
				throw cause;
			}
			throw ex;
		}
	}

}
