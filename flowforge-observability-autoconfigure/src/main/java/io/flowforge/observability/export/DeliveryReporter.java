package io.flowforge.observability.export;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.opentelemetry.sdk.common.CompletableResultCode;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Says once that telemetry cannot be delivered to a receiver, and once that it can again.
 * Everything in between is in {@code flowforge_telemetry_items_total}.
 * <p>
 * Internal: public only for the other packages of this library.
 */
public final class DeliveryReporter {

	private static final Log logger = LogFactory.getLog(DeliveryReporter.class);

	private final Function<Signal, String> endpoints;

	// By receiver: signals that go to the same one break and heal together.
	private final Map<String, Outage> outages = new HashMap<>();

	private final Map<Signal, Delivery> deliveries = new EnumMap<>(Signal.class);

	DeliveryReporter(Function<Signal, String> endpoints) {
		this.endpoints = endpoints;
	}

	/**
	 * Report how an export ends.
	 * @param signal what is exported
	 * @param result the export under way
	 * @return the same export
	 */
	CompletableResultCode watch(Signal signal, CompletableResultCode result) {
		return result.whenComplete(() -> {
			if (result.isSuccess()) {
				succeeded(signal);
			}
			else {
				failed(signal, result.getFailureThrowable());
			}
		});
	}

	/**
	 * How the exports of a signal have gone so far.
	 * @param signal which exports
	 * @return the last ones
	 */
	public synchronized Delivery delivery(Signal signal) {
		return this.deliveries.getOrDefault(signal, Delivery.NONE_YET);
	}

	/**
	 * Where a signal goes.
	 * @param signal which
	 * @return the endpoint, without credentials
	 */
	public String endpoint(Signal signal) {
		return withoutCredentials(this.endpoints.apply(signal));
	}

	private synchronized void succeeded(Signal signal) {
		this.deliveries.put(signal, delivery(signal).succeeded());
		String receiver = receiver(signal);
		Outage outage = this.outages.get(receiver);
		if (outage != null && outage.failing().remove(signal) && outage.failing().isEmpty()) {
			this.outages.remove(receiver);
			logger.info("Telemetry is delivered again to %s, after %d s.".formatted(receiver,
					Duration.between(outage.since(), Instant.now()).toSeconds()));
		}
	}

	private synchronized void failed(Signal signal, @Nullable Throwable failure) {
		Delivery before = delivery(signal);
		this.deliveries.put(signal, before.failed(ExportFailure.reason(failure)));
		Outage outage = this.outages.get(receiver(signal));
		if (outage != null) {
			outage.failing().add(signal);
			return;
		}
		this.outages.put(receiver(signal), new Outage(EnumSet.of(signal), Instant.now()));
		logger.warn("Telemetry cannot be delivered: %s to %s fail with \"%s\"; %s. ".formatted(signal.tag(),
				endpoint(signal), ExportFailure.reason(failure), last(before.lastSuccess()))
				+ "They are lost until this is mended; flowforge_telemetry_items_total counts them, and this line is "
				+ "not repeated.");
	}

	private String receiver(Signal signal) {
		try {
			URI uri = URI.create(endpoint(signal));
			return (uri.getAuthority() != null) ? uri.getAuthority() : uri.toString();
		}
		catch (IllegalArgumentException ex) {
			return endpoint(signal);
		}
	}

	private static String last(@Nullable Instant success) {
		return (success != null) ? "the last delivery was at " + success.truncatedTo(ChronoUnit.SECONDS)
				: "nothing was delivered before";
	}

	private static String withoutCredentials(String endpoint) {
		try {
			URI uri = URI.create(endpoint);
			return (uri.getRawUserInfo() != null) ? endpoint.replace(uri.getRawUserInfo() + "@", "") : endpoint;
		}
		catch (IllegalArgumentException ex) {
			return "an endpoint that is not a URL";
		}
	}

	private record Outage(Set<Signal> failing, Instant since) {

	}

}
