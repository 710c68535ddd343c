package io.flowforge.observability.redaction;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;

/**
 * Takes the query and the fragment out of the {@code uri} of client requests. Spring
 * makes it of the template of a request; where a service passes a whole URL in place of a
 * template and variables, that is the URL, and each value of a parameter is a series.
 */
final class ClientUriFilter implements MeterFilter {

	private static final String URI = "uri";

	private final String meterName;

	private final String activeMeterName;

	private final boolean enabled;

	/**
	 * Create the filter.
	 * @param meterName the name of the timer of client requests
	 * @param secretKeys if there are none, every {@code uri} stays as it is
	 */
	ClientUriFilter(String meterName, SecretKeys secretKeys) {
		this.meterName = meterName;
		this.activeMeterName = meterName + ".active";
		this.enabled = !secretKeys.isEmpty();
	}

	@Override
	public Meter.Id map(Meter.Id id) {
		String uri = (this.enabled && isOfClients(id)) ? id.getTag(URI) : null;
		if (uri == null) {
			return id;
		}
		int end = endOfPath(uri);
		return (end < uri.length()) ? id.withTag(Tag.of(URI, uri.substring(0, end))) : id;
	}

	private boolean isOfClients(Meter.Id id) {
		return id.getName().equals(this.meterName) || id.getName().equals(this.activeMeterName);
	}

	private static int endOfPath(String uri) {
		int end = 0;
		while (end < uri.length() && uri.charAt(end) != '?' && uri.charAt(end) != '#') {
			end++;
		}
		return end;
	}

}
