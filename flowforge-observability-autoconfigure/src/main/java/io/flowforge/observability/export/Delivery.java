package io.flowforge.observability.export;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How the exports of a signal have gone so far.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @param lastSuccess when one last succeeded, {@code null} if none has
 * @param lastFailure when one last failed, {@code null} if none has
 * @param lastError why that one failed, {@code null} if none has
 */
public record Delivery(@Nullable Instant lastSuccess, @Nullable Instant lastFailure, @Nullable String lastError) {

	static final Delivery NONE_YET = new Delivery(null, null, null);

	Delivery succeeded() {
		return new Delivery(Instant.now(), this.lastFailure, this.lastError);
	}

	Delivery failed(String error) {
		return new Delivery(this.lastSuccess, Instant.now(), error);
	}

	/**
	 * Whether exports succeed, as far as is known.
	 * @return one word for people
	 */
	public String state() {
		if (this.lastFailure != null && (this.lastSuccess == null || this.lastFailure.isAfter(this.lastSuccess))) {
			return "failing";
		}
		return (this.lastSuccess != null) ? "delivering" : "idle";
	}

}
