package io.flowforge.drill.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A port that leads to one instance of several, and from one moment to the next to
 * another: who connects sees a single instance that restarts in no time.
 */
public final class Relay implements AutoCloseable {

	/**
	 * Both ends of each connection. A scrape and the traffic of a scenario need fewer.
	 */
	private static final int MAX_SOCKETS = 128;

	private final ServerSocket entrance;

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private volatile int target;

	private Relay(ServerSocket entrance, int target) {
		this.entrance = entrance;
		this.target = target;
	}

	/**
	 * Open a relay.
	 * @param first the instance that it leads to for the time being
	 * @param bindAddress the address at which it listens
	 * @return the relay
	 */
	public static Relay open(Sample first, String bindAddress) {
		try {
			Relay relay = new Relay(new ServerSocket(0, MAX_SOCKETS, InetAddress.getByName(bindAddress)), first.port());
			inThread(relay::accept);
			return relay;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void inThread(Runnable work) {
		Thread thread = new Thread(work, "relay");
		thread.setDaemon(true);
		thread.start();
	}

	public int port() {
		return this.entrance.getLocalPort();
	}

	/**
	 * Lead new connections to another instance. Those that are open stay where they are.
	 * @param next the instance
	 */
	public void leadTo(Sample next) {
		this.target = next.port();
	}

	private void accept() {
		while (!this.entrance.isClosed()) {
			try {
				connect(this.entrance.accept());
			}
			catch (IOException ex) {
				// The relay is closed, or the instance is gone: then so is the client.
			}
		}
	}

	private void connect(Socket client) throws IOException {
		this.open.add(client);
		try {
			if (this.open.size() > MAX_SOCKETS) {
				throw new IOException("Too many connections");
			}
			Socket server = new Socket(InetAddress.getLoopbackAddress(), this.target);
			this.open.add(server);
			client.setTcpNoDelay(true);
			server.setTcpNoDelay(true);
			inThread(() -> copy(client, server));
			inThread(() -> copy(server, client));
		}
		catch (IOException ex) {
			end(client);
			throw ex;
		}
	}

	private void copy(Socket from, Socket to) {
		try {
			from.getInputStream().transferTo(to.getOutputStream());
		}
		catch (IOException ex) {
			// One of the two has left, and the other one must notice.
		}
		finally {
			end(from);
			end(to);
		}
	}

	private void end(Socket socket) {
		this.open.remove(socket);
		try {
			socket.close();
		}
		catch (IOException ex) {
			// It is closed all the same.
		}
	}

	@Override
	public void close() throws IOException {
		this.entrance.close();
		this.open.forEach(this::end);
	}

}
