package io.flowforge.launcher.watch;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.flowforge.launcher.StackException;

/**
 * A service that somebody wants to have watched, checked.
 *
 * @param name its {@code spring.application.name}
 * @param urls the address of each instance
 * @param team who should own it, or nothing
 * @param environment its environment, or nothing: then it is what the service says
 */
public record WatchRequest(String name, List<URI> urls, String team, String environment) {

	private static final String USAGE = "make watch NAME=payments URL=http://localhost:8080";

	private static final String METRICS_PATH = "/actuator/prometheus";

	private static final int MAX_PORT = 65535;

	/**
	 * Check what was given.
	 * @param name the name
	 * @param urls addresses, separated by commas
	 * @param team the team, or nothing
	 * @param environment the environment, or nothing
	 * @return the request
	 * @throws StackException naming what is wrong
	 */
	public static WatchRequest of(String name, String urls, String team, String environment) {
		checkName(name);
		if (urls.isBlank()) {
			throw new StackException("URL says where %s answers: %s".formatted(name, USAGE));
		}
		checkLabel("TEAM", team);
		checkLabel("ENVIRONMENT", environment);
		List<URI> instances = Arrays.stream(urls.split(",")).map(String::strip).map(WatchRequest::instance).toList();
		if (instances.stream().map(URI::getRawPath).distinct().count() > 1
				|| instances.stream().map(URI::getScheme).distinct().count() > 1) {
			throw new StackException("All instances of URL=%s must have the same scheme and path.".formatted(urls));
		}
		return new WatchRequest(name, instances, team, environment);
	}

	static void checkName(String name) {
		if (name.isBlank()) {
			throw new StackException("NAME is the service's spring.application.name: " + USAGE);
		}
		if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
			throw new StackException(
					"NAME=%s must be a spring.application.name of at most 100 letters, digits, dots, dashes and underscores."
						.formatted(name.lines().findFirst().orElse("")));
		}
	}

	private static void checkLabel(String variable, String value) {
		if (value.chars().anyMatch(Character::isISOControl) || value.length() > 100) {
			throw new StackException("%s must be a single line of at most 100 characters.".formatted(variable));
		}
	}

	private static URI instance(String url) {
		try {
			URI uri = new URI(url.contains("://") ? url : "http://" + url);
			String scheme = String.valueOf(uri.getScheme());
			boolean valid = (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null
					&& uri.getPort() <= MAX_PORT && uri.getPort() != 0 && uri.getRawUserInfo() == null
					&& uri.getRawQuery() == null && uri.getRawFragment() == null;
			if (valid) {
				int port = (uri.getPort() > 0) ? uri.getPort() : (scheme.equals("https") ? 443 : 80);
				String path = uri.getRawPath().replaceFirst("/$", "");
				return new URI(
						"%s://%s:%d%s".formatted(scheme, uri.getHost(), port, path.isEmpty() ? METRICS_PATH : path));
			}
		}
		catch (URISyntaxException ex) {
			// As good as one that is not valid.
		}
		throw new StackException(
				"URL=%s must be an address of the service, such as http://localhost:8080.".formatted(url));
	}

	/**
	 * The first instance, which is asked what it is.
	 * @return the address of its metrics
	 */
	URI metrics() {
		return this.urls.get(0);
	}

	/**
	 * The target file for the service.
	 * @param environment its environment
	 * @return the file's text
	 */
	String targetFile(String environment) {
		Map<String, String> labels = new TreeMap<>();
		labels.put("application", this.name);
		labels.put("environment", environment);
		if (!metrics().getRawPath().equals(METRICS_PATH)) {
			labels.put("__metrics_path__", metrics().getRawPath());
		}
		if (metrics().getScheme().equals("https")) {
			labels.put("__scheme__", "https");
		}
		List<String> lines = new ArrayList<>(List.of(
				"# Written by 'make watch'; 'make unwatch NAME=%s' removes it.".formatted(this.name),
				"- targets: [%s]".formatted(
						String.join(", ", this.urls.stream().map((url) -> "'" + url.getRawAuthority() + "'").toList())),
				"  labels:"));
		labels.forEach((label, value) -> lines.add("    %s: '%s'".formatted(label, value.replace("'", "''"))));
		return String.join("\n", lines) + "\n";
	}

}
