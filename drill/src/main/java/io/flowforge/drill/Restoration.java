package io.flowforge.drill;

import java.util.ArrayDeque;
import java.util.Deque;

import io.flowforge.launcher.StackException;
import io.flowforge.launcher.Terminal;

/**
 * Undoes what a drill has changed when the drill ends: normally, by a failure, or by
 * Ctrl-C.
 */
final class Restoration implements AutoCloseable {

	private final Terminal terminal;

	private final Deque<Runnable> undos = new ArrayDeque<>();

	private final Thread hook = new Thread(this::close, "restoration");

	private boolean closed;

	Restoration(Terminal terminal) {
		this.terminal = terminal;
		Runtime.getRuntime().addShutdownHook(this.hook);
	}

	/**
	 * Change something.
	 * @param change what to do
	 * @param undo what to do at the end, also if the change fails half-way
	 * @throws StackException if the drill has ended already
	 */
	synchronized void change(Runnable change, Runnable undo) {
		run(() -> {
			this.undos.push(undo);
			change.run();
		});
	}

	/**
	 * Do something that must not overlap with undoing.
	 * @param action what to do
	 * @throws StackException if the drill has ended already
	 */
	synchronized void run(Runnable action) {
		if (this.closed) {
			throw new StackException("The drill is ending.");
		}
		action.run();
	}

	/**
	 * Undo all changes, the last one first.
	 */
	@Override
	public synchronized void close() {
		this.closed = true;
		while (!this.undos.isEmpty()) {
			try {
				this.undos.pop().run();
			}
			catch (RuntimeException ex) {
				this.terminal.say(String.valueOf(ex.getMessage()));
			}
		}
		try {
			Runtime.getRuntime().removeShutdownHook(this.hook);
		}
		catch (IllegalStateException ex) {
			// This process is ending, and the hook has run or is running.
		}
	}

}
