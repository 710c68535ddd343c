package io.flowforge.launcher.runtime;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.flowforge.launcher.Http;

/**
 * How the last reload of Prometheus or Alertmanager went, as their own metrics tell.
 *
 * @param succeeded whether the configuration was accepted
 * @param lastSuccess when one last was
 */
record Reload(boolean succeeded, String lastSuccess) {

	private static final Pattern SUCCEEDED = Pattern.compile("(?m)^\\w+_config_last_reload_successful (\\S+)$");

	private static final Pattern LAST_SUCCESS = Pattern
		.compile("(?m)^\\w+_config_last_reload_success_timestamp_seconds (\\S+)$");

	static Reload of(URI address) {
		String metrics = Http.get(address.resolve("/metrics"));
		return new Reload(first(SUCCEEDED, metrics).equals("1"), first(LAST_SUCCESS, metrics));
	}

	private static String first(Pattern pattern, String text) {
		Matcher matcher = pattern.matcher(text);
		return matcher.find() ? matcher.group(1) : "";
	}

}
