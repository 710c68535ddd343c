package io.flowforge.drill.backend;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import io.flowforge.drill.server.Workspace;
import io.flowforge.launcher.Http;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.process.Ports;
import io.flowforge.launcher.process.TemporaryServer;
import io.flowforge.launcher.runtime.AlertmanagerCommand;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Two Alertmanagers as processes that share a configuration and agree who notifies.
 */
public final class AlertmanagerPair implements AutoCloseable {

	/**
	 * How long the second of the pair waits for the first to have notified: 15 s by
	 * default, and here as much shorter as everything else, but not less than a busy
	 * machine takes to gossip.
	 */
	public static final Duration PEER_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private final Peer first;

	private final Peer second;

	private AlertmanagerPair(Peer first, Peer second) {
		this.first = first;
		this.second = second;
	}

	/**
	 * Start the pair and wait until each has found the other.
	 * @param workspace where they run
	 * @param configuration the folder with {@code alertmanager.yml}
	 * @return the pair
	 */
	public static AlertmanagerPair start(Workspace workspace, Path configuration) {
		Peer first = new Peer("alertmanager-1", workspace, configuration);
		Peer second = new Peer("alertmanager-2", workspace, configuration);
		AlertmanagerPair pair = new AlertmanagerPair(first, second);
		try {
			first.start(second);
			second.start(first);
			pair.awaitBoth();
			return pair;
		}
		catch (RuntimeException | Error ex) {
			pair.close();
			throw ex;
		}
	}

	public Peer first() {
		return this.first;
	}

	public Peer second() {
		return this.second;
	}

	public List<Peer> peers() {
		return List.of(this.first, this.second);
	}

	/**
	 * The pair as Alertmanagers of Prometheus.
	 * @return the target file
	 */
	public String targets() {
		return peers().stream()
			.map((peer) -> "\"%s\"".formatted(peer.address().getAuthority()))
			.collect(Collectors.joining(", ", "- targets: [", "]\n"));
	}

	/**
	 * Start the one that was killed, and wait until each has found the other.
	 * @param peer the one
	 */
	public void restart(Peer peer) {
		peer.start((peer == this.first) ? this.second : this.first);
		awaitBoth();
	}

	private void awaitBoth() {
		for (Peer peer : peers()) {
			Waiting.until("The pair has not found each other", LIMIT, () -> {
				JsonNode cluster = Http.json(peer.address().resolve("/api/v2/status")).path("cluster");
				return cluster.path("status").asString("").equals("ready")
						&& cluster.path("peers").valueStream().count() == 2;
			});
		}
	}

	@Override
	public void close() {
		this.second.close();
		this.first.close();
	}

	/**
	 * One of the two, which keeps its addresses and its files.
	 */
	public static final class Peer {

		private final String name;

		private final Workspace workspace;

		private final Path configuration;

		private final int port = Ports.free();

		private final int clusterPort = Ports.free();

		private @Nullable TemporaryServer server;

		private boolean killed;

		private Peer(String name, Workspace workspace, Path configuration) {
			this.name = name;
			this.workspace = workspace;
			this.configuration = configuration;
		}

		private void start(Peer other) {
			String cluster = "127.0.0.1:" + this.clusterPort;
			this.killed = false;
			this.server = this.workspace.start(
					AlertmanagerCommand
						.of(this.configuration, "../data-" + this.name, this.port, "http://127.0.0.1:" + this.port,
								"UTC", "--cluster.listen-address=" + cluster, "--cluster.advertise-address=" + cluster,
								"--cluster.peer=127.0.0.1:" + other.clusterPort,
								"--cluster.peer-timeout=%ds".formatted(PEER_TIMEOUT.toSeconds()),
								"--cluster.gossip-interval=50ms", "--cluster.reconnect-interval=500ms")
						.named(this.name));
		}

		public URI address() {
			return URI.create("http://127.0.0.1:" + this.port);
		}

		public boolean isKilled() {
			return this.killed;
		}

		public void kill() {
			this.killed = true;
			if (this.server != null) {
				this.server.kill();
			}
		}

		private void close() {
			if (this.server != null) {
				this.server.close();
			}
		}

	}

}
