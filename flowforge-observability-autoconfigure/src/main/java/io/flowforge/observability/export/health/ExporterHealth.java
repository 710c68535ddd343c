package io.flowforge.observability.export.health;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Whether an exporter delivers its items.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @param name the name of its bean, or of its class if it is not a bean
 * @param address where it sends to, without credentials, {@code null} if it does not say
 * @param lastSuccess when it last delivered a whole batch, {@code null} if it never has
 * @param lastFailure when it last failed, {@code null} if it never has
 * @param lastError why it last failed, {@code null} if it never has
 * @param outageSince when the current outage began, {@code null} if there is none
 * @since 0.1.0
 */
public record ExporterHealth(String name, @Nullable String address, @Nullable Instant lastSuccess,
		@Nullable Instant lastFailure, @Nullable String lastError, @Nullable Instant outageSince) {

	/**
	 * Return whether it delivers, as far as is known.
	 * @return the state
	 */
	public State state() {
		if (this.outageSince != null) {
			return State.FAILING;
		}
		return (this.lastSuccess != null) ? State.DELIVERING : State.IDLE;
	}

	ExporterHealth withAddress(@Nullable String address) {
		return new ExporterHealth(this.name, address, this.lastSuccess, this.lastFailure, this.lastError,
				this.outageSince);
	}

	ExporterHealth succeeded() {
		return new ExporterHealth(this.name, this.address, Instant.now(), this.lastFailure, this.lastError, null);
	}

	ExporterHealth failed(String error) {
		Instant now = Instant.now();
		return new ExporterHealth(this.name, this.address, this.lastSuccess, now, error,
				(this.outageSince != null) ? this.outageSince : now);
	}

	/**
	 * Whether an exporter delivers.
	 */
	public enum State {

		/**
		 * Nothing has been exported yet.
		 */
		IDLE,

		/**
		 * The last export succeeded.
		 */
		DELIVERING,

		/**
		 * The last export failed.
		 */
		FAILING

	}

}
