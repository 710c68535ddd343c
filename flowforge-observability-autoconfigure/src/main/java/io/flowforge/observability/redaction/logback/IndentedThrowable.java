package io.flowforge.observability.redaction.logback;

import java.util.stream.Stream;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import org.jspecify.annotations.Nullable;

/**
 * An exception whose message, or that of one it came from, has more than one line.
 */
final class IndentedThrowable implements IThrowableProxy {

	private final IThrowableProxy throwable;

	private IndentedThrowable(IThrowableProxy throwable) {
		this.throwable = throwable;
	}

	static @Nullable IThrowableProxy of(@Nullable IThrowableProxy throwable) {
		return (throwable != null && hasManyLines(throwable)) ? new IndentedThrowable(throwable) : throwable;
	}

	private static boolean hasManyLines(IThrowableProxy throwable) {
		return hasManyLines(throwable.getMessage()) || hasManyLines(throwable.getOverridingMessage())
				|| (throwable.getCause() != null && hasManyLines(throwable.getCause()))
				|| Stream.of(throwable.getSuppressed()).anyMatch(IndentedThrowable::hasManyLines);
	}

	private static boolean hasManyLines(@Nullable String message) {
		return message != null && !ControlCharacters.noneIn(message);
	}

	@Override
	public @Nullable String getMessage() {
		return indent(this.throwable.getMessage());
	}

	@Override
	public @Nullable String getOverridingMessage() {
		return indent(this.throwable.getOverridingMessage());
	}

	private static @Nullable String indent(@Nullable String message) {
		return (message != null) ? ControlCharacters.indent(message) : null;
	}

	@Override
	public @Nullable IThrowableProxy getCause() {
		return of(this.throwable.getCause());
	}

	@Override
	public IThrowableProxy[] getSuppressed() {
		return Stream.of(this.throwable.getSuppressed()).map(IndentedThrowable::of).toArray(IThrowableProxy[]::new);
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

}
