package io.flowforge.observability.tracing.observation;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.micrometer.common.KeyValues;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/**
 * Spring's default convention, which makes the key-values of a series once, and not for
 * each request.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class RequestConvention extends DefaultServerRequestObservationConvention {

	// More than a service has. Requests of others get key-values of their own.
	private static final int MAX_SERIES = 5000;

	// A client can make up methods without end.
	private static final Set<String> METHODS = Arrays.stream(HttpMethod.values())
		.map(HttpMethod::name)
		.collect(Collectors.toUnmodifiableSet());

	private final Map<Key, RequestSeries> series = new ConcurrentHashMap<>();

	/**
	 * Create an instance.
	 * @param name the name of the observations
	 */
	public RequestConvention(String name) {
		super(name);
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ServerRequestObservationContext context) {
		RequestSeries found = find(context);
		if (context instanceof RequestObservationContext request) {
			request.setSeries(found);
		}
		return (found != null) ? found.keyValues() : super.getLowCardinalityKeyValues(context);
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ServerRequestObservationContext context) {
		KeyValues keyValues = super.getHighCardinalityKeyValues(context);
		if (context instanceof RequestObservationContext request) {
			request.setHighCardinalityFromConvention(keyValues);
		}
		return keyValues;
	}

	// Asked for after the key-values.
	@Override
	public String getContextualName(ServerRequestObservationContext context) {
		RequestSeries found = (context instanceof RequestObservationContext request) ? request.findSeries() : null;
		return (found != null) ? found.contextualName() : super.getContextualName(context);
	}

	private @Nullable RequestSeries find(ServerRequestObservationContext context) {
		HttpServletRequest request = context.getCarrier();
		HttpServletResponse response = context.getResponse();
		if (response == null || !METHODS.contains(request.getMethod())) {
			return null;
		}
		Throwable error = context.getError();
		Key key = new Key(request.getMethod(), context.getPathPattern(), response.getStatus(),
				(error != null) ? error.getClass() : null);
		RequestSeries found = this.series.get(key);
		return (found != null) ? found : add(key, context);
	}

	private @Nullable RequestSeries add(Key key, ServerRequestObservationContext context) {
		if (this.series.size() >= MAX_SERIES) {
			return null;
		}
		return this.series.computeIfAbsent(key, (absent) -> new RequestSeries(getName(),
				super.getContextualName(context), super.getLowCardinalityKeyValues(context)));
	}

	/**
	 * What the key-values are made of.
	 *
	 * @param method the method
	 * @param pathPattern the pattern that Spring matched, {@code null} if none did
	 * @param status the status of the response
	 * @param error the exception that the observation was told of
	 */
	private record Key(String method, @Nullable String pathPattern, int status, @Nullable Class<?> error) {

		// A record's own are put together at run time, by the first request.
		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Key key && this.status == key.status && this.method.equals(key.method)
					&& Objects.equals(this.pathPattern, key.pathPattern) && this.error == key.error;
		}

		@Override
		public int hashCode() {
			return 31 * (31 * this.method.hashCode() + Objects.hashCode(this.pathPattern)) + this.status;
		}

	}

}
