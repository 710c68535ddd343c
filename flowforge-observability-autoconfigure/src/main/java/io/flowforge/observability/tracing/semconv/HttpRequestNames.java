package io.flowforge.observability.tracing.semconv;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The names that OpenTelemetry's semantic conventions give to a request: that of its
 * method, that of its route, and that of its span. The access log has the same ones.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class HttpRequestNames {

	private static final String OTHER_METHOD = "_OTHER";

	// More than a service has routes.
	private static final int MAX_NAMES_OF_METHOD = 1000;

	// A name for each method and target, made once and not for each request.
	private static final Map<String, Map<String, String>> SPAN_NAMES = Set
		.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUERY")
		.stream()
		.collect(Collectors.toUnmodifiableMap(Function.identity(), (method) -> new ConcurrentHashMap<>()));

	private HttpRequestNames() {
	}

	/**
	 * Return the name of a method. A client can make up methods without end.
	 * @param method the method of a request, {@code null} if it is not known
	 * @return the method if HTTP defines it, {@code _OTHER} otherwise
	 */
	public static String method(@Nullable String method) {
		return (method != null && SPAN_NAMES.containsKey(method)) ? method : OTHER_METHOD;
	}

	/**
	 * Return the name of a route.
	 * @param pathPattern the pattern that Spring matched, {@code null} if none did
	 * @return the route, or {@code null} if the request has none
	 */
	public static @Nullable String route(@Nullable String pathPattern) {
		return (pathPattern != null && pathPattern.isEmpty()) ? "/" : pathPattern;
	}

	/**
	 * Return the name of a span.
	 * @param method the name of the method
	 * @param target the route or the template of the URL, {@code null} if there is none
	 * @return such as {@code GET /orders/{id}}, {@code GET}, or {@code HTTP} for a method
	 * that HTTP does not define
	 */
	static String span(String method, @Nullable String target) {
		Map<String, String> names = SPAN_NAMES.get(method);
		if (names == null) {
			return (target != null) ? "HTTP " + target : "HTTP";
		}
		if (target == null) {
			return method;
		}
		String name = names.get(target);
		return (name != null) ? name : add(names, method, target);
	}

	private static String add(Map<String, String> names, String method, String target) {
		String name = method + " " + target;
		if (names.size() < MAX_NAMES_OF_METHOD) {
			names.put(target, name);
		}
		return name;
	}

}
