package io.flowforge.observability.redaction.logback;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import org.jspecify.annotations.Nullable;

/**
 * An exception with other messages. A {@link ThrowableProxy}, since some formats, Spring
 * Boot's own among them, write no other.
 */
final class SanitizedThrowable extends ThrowableProxy {

	private static final Throwable NONE = new Throwable();

	private final IThrowableProxy throwable;

	private final UnaryOperator<String> sanitizer;

	private SanitizedThrowable(IThrowableProxy throwable, UnaryOperator<String> sanitizer) {
		super(NONE);
		this.throwable = throwable;
		this.sanitizer = sanitizer;
	}

	/**
	 * Sanitize the messages of an exception, of those it came from and of those that it
	 * has suppressed.
	 * @param throwable the exception, if there is one
	 * @param sanitizer makes a message safe, or returns it
	 * @return the same exception if all of its messages are safe
	 */
	static @Nullable IThrowableProxy of(@Nullable IThrowableProxy throwable, UnaryOperator<String> sanitizer) {
		return (throwable == null || isSafe(throwable, sanitizer)) ? throwable
				: new SanitizedThrowable(throwable, sanitizer);
	}

	private static boolean isSafe(IThrowableProxy throwable, UnaryOperator<String> sanitizer) {
		return isSafe(throwable.getMessage(), sanitizer) && isSafe(throwable.getOverridingMessage(), sanitizer)
				&& (throwable.getCause() == null || isSafe(throwable.getCause(), sanitizer))
				&& Stream.of(throwable.getSuppressed()).allMatch((suppressed) -> isSafe(suppressed, sanitizer));
	}

	private static boolean isSafe(@Nullable String message, UnaryOperator<String> sanitizer) {
		return message == null || sanitizer.apply(message) == message;
	}

	@Override
	public @Nullable String getMessage() {
		return sanitize(this.throwable.getMessage());
	}

	@Override
	public @Nullable String getOverridingMessage() {
		return sanitize(this.throwable.getOverridingMessage());
	}

	private @Nullable String sanitize(@Nullable String message) {
		return (message != null) ? this.sanitizer.apply(message) : null;
	}

	@Override
	public @Nullable IThrowableProxy getCause() {
		return of(this.throwable.getCause(), this.sanitizer);
	}

	@Override
	public IThrowableProxy[] getSuppressed() {
		return Stream.of(this.throwable.getSuppressed())
			.map((suppressed) -> of(suppressed, this.sanitizer))
			.toArray(IThrowableProxy[]::new);
	}

	@Override
	public Throwable getThrowable() {
		return new Twin(this);
	}

	@Override
	public String getClassName() {
		return this.throwable.getClassName();
	}

	@Override
	public StackTraceElementProxy[] getStackTraceElementProxyArray() {
		return this.throwable.getStackTraceElementProxyArray();
	}

	@Override
	public int getCommonFrames() {
		return this.throwable.getCommonFrames();
	}

	@Override
	public boolean isCyclic() {
		return this.throwable.isCyclic();
	}

	/**
	 * Writes itself as the exception would, with the other messages.
	 */
	private static final class Twin extends Throwable {

		private static final long serialVersionUID = 1L;

		private final String text;

		Twin(IThrowableProxy throwable) {
			super(throwable.getMessage(), (throwable.getCause() != null) ? new Twin(throwable.getCause()) : null);
			this.text = text(throwable);
			setStackTrace(Stream.of(throwable.getStackTraceElementProxyArray())
				.map(StackTraceElementProxy::getStackTraceElement)
				.toArray(StackTraceElement[]::new));
			Stream.of(throwable.getSuppressed()).map(Twin::new).forEach(this::addSuppressed);
		}

		private static String text(IThrowableProxy throwable) {
			if (throwable.getOverridingMessage() != null) {
				return throwable.getOverridingMessage();
			}
			return (throwable.getMessage() != null) ? throwable.getClassName() + ": " + throwable.getMessage()
					: throwable.getClassName();
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

}
