package io.flowforge.launcher.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where Prometheus reaches what the files of the repository have at its standard address.
 *
 * @param parts the actual addresses of the stack's parts, by their standard address
 * @param samples the actual addresses of the sample services, by their standard address
 * @param containers whether Prometheus runs in a container, for which {@code localhost}
 * is another machine
 */
record Addresses(Map<String, String> parts, Map<String, String> samples, boolean containers) {

	private static final Pattern LOOPBACK = Pattern.compile("(?:localhost|127\\.0\\.0\\.1|\\[::1]):([0-9]+)");

	Addresses {
		parts = Map.copyOf(parts);
		samples = Map.copyOf(samples);
	}

	/**
	 * The address of a part of the stack.
	 * @param address as the repository has it
	 * @return as Prometheus reaches it
	 */
	String ofPart(String address) {
		return this.parts.getOrDefault(address, address);
	}

	/**
	 * The address of a service. The standard address of a part means nothing here: a
	 * person who moves Grafana away from port 3000 may have a service there.
	 * @param address as this machine reaches it
	 * @return as Prometheus reaches it
	 */
	String ofService(String address) {
		String sample = this.samples.get(address);
		if (sample != null) {
			return sample;
		}
		Matcher loopback = LOOPBACK.matcher(address);
		return (this.containers && loopback.matches()) ? "host.docker.internal:" + loopback.group(1) : address;
	}

}
