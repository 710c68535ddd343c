package io.flowforge.launcher.process;

import java.io.IOException;

/**
 * A process that asks for a port, says which one it was given, and lives on.
 */
public final class PortHolder {

	private PortHolder() {
	}

	public static void main(String[] arguments) throws IOException {
		System.out.println(Ports.free());
		System.in.read();
	}

}
