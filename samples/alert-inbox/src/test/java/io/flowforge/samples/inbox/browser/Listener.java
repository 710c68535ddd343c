package io.flowforge.samples.inbox.browser;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts who comes: a message that makes the browser connect has phoned home.
 */
final class Listener implements AutoCloseable {

	private final ServerSocket socket;

	private final AtomicInteger connections = new AtomicInteger();

	Listener() throws IOException {
		this.socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
		Thread thread = new Thread(this::listen, "listener");
		thread.setDaemon(true);
		thread.start();
	}

	private void listen() {
		try {
			while (true) {
				this.socket.accept().close();
				this.connections.incrementAndGet();
			}
		}
		catch (IOException ex) {
			// It is closed.
		}
	}

	String address() {
		return "http://127.0.0.1:" + this.socket.getLocalPort() + "/seen";
	}

	int connections() {
		return this.connections.get();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
