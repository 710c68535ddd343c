package io.flowforge.observability.systemtests;

import java.net.URI;

/**
 * The {@code /faults} of a sample service.
 */
final class FaultSwitch {

	private final URI address;

	FaultSwitch(URI service) {
		this.address = service.resolve("/faults");
	}

	void set(String settings) {
		Http.send("POST", this.address, settings);
	}

	void heal() {
		Http.send("DELETE", this.address, null);
	}

}
