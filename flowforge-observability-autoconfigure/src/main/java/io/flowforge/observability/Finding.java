package io.flowforge.observability;

/**
 * Something about a service's settings that its owner should know.
 *
 * @param subject the property, variable or bean that it is about
 * @param message what is wrong and what to do, in one or two sentences
 * @param level how important it is
 * @since 0.1.0
 */
public record Finding(String subject, String message, Level level) {

	/**
	 * Create a finding that should be acted on, at {@link Level#WARN}.
	 * @param subject the property, variable or bean that it is about
	 * @param message what is wrong and what to do, in one or two sentences
	 */
	public Finding(String subject, String message) {
		this(subject, message, Level.WARN);
	}

	/**
	 * How important a finding is, which is also the level at which it is logged.
	 */
	public enum Level {

		/**
		 * Something does not work as the owner expects.
		 */
		WARN,

		/**
		 * Everything works; this explains how.
		 */
		INFO

	}

}
