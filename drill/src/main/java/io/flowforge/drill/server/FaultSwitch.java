package io.flowforge.drill.server;

import java.net.URI;

import io.flowforge.launcher.Http;

/**
 * The {@code /faults} of a sample service.
 */
public final class FaultSwitch {

	private final URI address;

	public FaultSwitch(URI service) {
		this.address = service.resolve("/faults");
	}

	/**
	 * Have the service fail.
	 * @param settings in which way, as JSON
	 */
	public void set(String settings) {
		Http.send("POST", this.address, settings);
	}

	/**
	 * Have the service work as usual again.
	 */
	public void clear() {
		Http.send("DELETE", this.address, "");
	}

}
