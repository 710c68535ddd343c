package io.flowforge.launcher;

/**
 * Something that keeps a command from doing what it was asked. The message is for the
 * person at the terminal: one or two sentences that say what is wrong, with what, and
 * what to do.
 */
public class StackException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public StackException(String message) {
		super(message);
	}

	public StackException(String message, Throwable cause) {
		super(message, cause);
	}

}
