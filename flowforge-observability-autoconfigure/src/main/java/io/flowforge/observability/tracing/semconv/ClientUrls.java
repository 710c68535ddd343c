package io.flowforge.observability.tracing.semconv;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The URLs of the requests that a service sends, and their templates, as spans show them.
 */
final class ClientUrls {

	// As many as Spring Boot allows as labels of a metric.
	private static final int MAX_PATHS = 100;

	private final Map<String, String> pathsByTemplate = new ConcurrentHashMap<>();

	/**
	 * Return a URL without user and password. Secrets in its query are redacted when the
	 * span is exported, not on the thread of a request.
	 * @param url the URL
	 * @return the part of it that a span shows
	 */
	String full(URI url) {
		String text = url.toString();
		String userInfo = url.getRawUserInfo();
		if (userInfo == null) {
			return text;
		}
		int start = text.indexOf("//") + 2;
		return text.substring(0, start) + text.substring(start + userInfo.length() + 1);
	}

	/**
	 * Return the path of a template. A service that joins its URLs from parts passes a
	 * new one with each request, so those without a variable are limited in number: they
	 * are in the names of spans.
	 * @param template such as {@code https://stock/items/{id}?size={size}}
	 * @return such as {@code /items/{id}}, or {@code null} if there are too many
	 */
	@Nullable String path(String template) {
		String path = this.pathsByTemplate.get(template);
		if (path != null) {
			return path;
		}
		path = cut(template);
		if (this.pathsByTemplate.size() < MAX_PATHS) {
			this.pathsByTemplate.put(template, path);
			return path;
		}
		return path.contains("{") ? path : null;
	}

	private static String cut(String template) {
		int scheme = template.indexOf("://");
		int start = (scheme < 0) ? 0 : template.indexOf('/', scheme + 3);
		if (start < 0) {
			return "/";
		}
		int end = start;
		while (end < template.length() && template.charAt(end) != '?' && template.charAt(end) != '#') {
			end++;
		}
		String path = template.substring(start, end);
		return path.startsWith("/") ? path : "/" + path;
	}

}
