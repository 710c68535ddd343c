package io.flowforge.observability.tracing.semconv;

import java.util.Set;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.opentelemetry.api.trace.Span;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.function.SingletonSupplier;

/**
 * What Spring's conventions give to the observations of one kind of HTTP request. Spans
 * replace it, unless the service prefers it or has a convention of its own.
 */
final class SpringConventions {

	private static final String OUTCOME = "outcome";

	private static final String URI = "uri";

	private static final Set<String> KEYS_OF_DEFAULT = Set.of("client.name", "exception", "http.url", "method", OUTCOME,
			"status", URI);

	private static final Set<String> KEYS_OF_OPENTELEMETRY = Set.of("error.type", "http.request.method",
			"http.request.method_original", "http.response.status_code", "http.route", OUTCOME, "url.path",
			"url.scheme");

	// Not before the first request: a convention may need beans that need the registry
	// of observations, which needs this.
	private final SingletonSupplier<Boolean> replaced;

	/**
	 * Create an instance for one kind of request.
	 * @param properties what the service prefers
	 * @param beans the convention beans of the service
	 * @param types the conventions that spans replace, also if they are beans
	 */
	SpringConventions(SpanProperties properties, ObjectProvider<?> beans, Set<Class<?>> types) {
		this.replaced = SingletonSupplier.of(() -> properties.conventions() == SpanProperties.Conventions.OPENTELEMETRY
				&& beans.stream().allMatch((bean) -> types.contains(bean.getClass())));
	}

	/**
	 * Whether the span of a request replaces what its convention gave to the observation.
	 * A client or a filter can have a convention of its own that is not a bean: then the
	 * observation has other keys.
	 * @param context the context of the observation
	 * @return whether it does
	 */
	boolean areReplaced(Observation.ContextView context) {
		return this.replaced.obtain() && context.getLowCardinalityKeyValue(OUTCOME) != null;
	}

	/**
	 * Return the name that something else than Spring's default conventions has given to
	 * the observation, such as a filter of the service.
	 * @param context the context of the observation
	 * @return the name, or {@code null} if there is none
	 */
	static @Nullable String otherName(Observation.ContextView context) {
		String name = context.getContextualName();
		return (name != null && !name.startsWith("http ")) ? name : null;
	}

	/**
	 * Give a span the key-values of an observation that are not from Spring's
	 * conventions.
	 * @param context the context of the observation
	 * @param span the span
	 */
	static void addOtherKeyValues(Observation.ContextView context, Span span) {
		boolean isDefault = context.getLowCardinalityKeyValue(URI) != null;
		Set<String> keys = isDefault ? KEYS_OF_DEFAULT : KEYS_OF_OPENTELEMETRY;
		add(context.getLowCardinalityKeyValues(), keys, span);
		add(context.getHighCardinalityKeyValues(), keys, span);
	}

	private static void add(KeyValues keyValues, Set<String> except, Span span) {
		for (KeyValue keyValue : keyValues) {
			if (!except.contains(keyValue.getKey())) {
				span.setAttribute(keyValue.getKey(), keyValue.getValue());
			}
		}
	}

}
