package io.flowforge.observability;

/**
 * Something about a service's settings that its owner should know.
 *
 * @param subject the property, variable or bean that it is about
 * @param message what is the matter and what to do, in one or two sentences
 * @param level how much it matters
 * @since 0.1.0
 */
public record Finding(String subject, String message, Level level) {

	/**
	 * Create a finding that should be acted on, at {@link Level#WARN}.
	 * @param subject the property, variable or bean that it is about
	 * @param message what is the matter and what to do, in one or two sentences
	 */
	public Finding(String subject, String message) {
		this(subject, message, Level.WARN);
	}

	/**
	 * How much a finding matters, and the level at which it is logged.
	 */
	public enum Level {

		/**
		 * Something does not work as its owner will expect.
		 */
		WARN,

		/**
		 * Everything works; this explains how.
		 */
		INFO

	}

}
