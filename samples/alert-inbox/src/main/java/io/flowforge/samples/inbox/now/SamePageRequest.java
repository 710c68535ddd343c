package io.flowforge.samples.inbox.now;

import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Tells requests of the inbox's own page from those that another site makes the browser
 * send.
 * <ul>
 * <li>A header that a form of another site cannot set, and a script of it only if this
 * server agreed, which it never does.</li>
 * <li>{@code Sec-Fetch-Site} and {@code Origin}, where the browser sends them.</li>
 * <li>A {@code Host} that means this machine: a site whose name suddenly leads to
 * 127.0.0.1 is, for the browser, the same site. Its name still gives it away.</li>
 * </ul>
 */
final class SamePageRequest {

	static final String HEADER = "X-Alert-Inbox";

	private static final Pattern THIS_MACHINE = Pattern
		.compile("(?i)(localhost|[a-z0-9-]+\\.localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?");

	private SamePageRequest() {
	}

	static boolean matches(HttpServletRequest request) {
		String host = request.getHeader("Host");
		String origin = request.getHeader("Origin");
		String site = request.getHeader("Sec-Fetch-Site");
		return request.getHeader(HEADER) != null && host != null && THIS_MACHINE.matcher(host).matches()
				&& (origin == null || origin.equalsIgnoreCase(request.getScheme() + "://" + host))
				&& (site == null || site.equals("same-origin"));
	}

}
