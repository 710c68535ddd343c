package io.flowforge.observability.export.otlp;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * A receiver has accepted a batch except for some of its items.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class RejectedItemsException extends IOException {

	private static final long serialVersionUID = 1L;

	private final long items;

	RejectedItemsException(long items, String message) {
		super(message);
		this.items = items;
	}

	/**
	 * Return how many items were rejected.
	 * @return the number of items
	 */
	public long getItems() {
		return this.items;
	}

	/**
	 * Find out whether an export failed for rejected items only.
	 * @param failure why the export failed, if known
	 * @return what was rejected, {@code null} if something else was the matter
	 */
	public static @Nullable RejectedItemsException in(@Nullable Throwable failure) {
		Throwable cause = failure;
		while (cause != null && !(cause instanceof RejectedItemsException)) {
			cause = cause.getCause();
		}
		return (RejectedItemsException) cause;
	}

}
