package io.flowforge.observability.systemtests;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.flowforge.drill.backend.BackendConfiguration;
import io.flowforge.drill.backend.Backends;
import io.flowforge.drill.message.Inbox;
import io.flowforge.drill.message.Message;
import io.flowforge.drill.server.AlertInbox;
import io.flowforge.drill.server.Workspace;
import io.flowforge.launcher.Http;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.process.Ports;
import io.flowforge.launcher.process.TemporaryServer;
import io.flowforge.launcher.runtime.BackendCommands;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A pair of Alertmanagers, each told of every alert, as every Prometheus does: people are
 * told once, by whichever is left.
 */
class AlertmanagerPairTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	/**
	 * How long the second of the pair waits for the first to have notified: 15 s by
	 * default, and here as much shorter as everything else, but not less than a busy
	 * machine takes to gossip.
	 */
	private static final Duration PEER_TIMEOUT = Duration.ofSeconds(2);

	private final Deque<AutoCloseable> parts = new ArrayDeque<>();

	private Inbox inbox;

	private Peer first;

	private Peer second;

	@BeforeEach
	void start(@TempDir Path folder) {
		Workspace workspace = Workspace.ofBuild(folder);
		Backends backends = TestBackends.processes(workspace);
		AlertInbox alertInbox = AlertInbox.start(workspace);
		this.parts.push(alertInbox);
		this.inbox = alertInbox.messages();
		Path configuration = new BackendConfiguration(workspace, backends).messagesTo(alertInbox)
			.assemble()
			.alertmanager();
		this.first = new Peer("alertmanager-1", configuration, workspace.logs());
		this.second = new Peer("alertmanager-2", configuration, workspace.logs());
		this.first.start(this.second);
		this.second.start(this.first);
		awaitPair();
	}

	@AfterEach
	void stop() throws Exception {
		if (this.second != null) {
			this.second.close();
			this.first.close();
		}
		for (AutoCloseable part : this.parts) {
			part.close();
		}
	}

	@Test
	void oneMessageFromBothAndOneFromWhicheverIsLeft() {
		isToldOnce("both-up");

		this.second.kill();
		isToldOnce("second-killed");

		this.second.start(this.first);
		awaitPair();
		this.first.kill();
		isToldOnce("first-killed");
	}

	private void isToldOnce(String application) {
		post(application, Instant.now().plusSeconds(3600));
		Waiting.until("No messages about " + application, LIMIT, () -> bothWays(application, "firing"));
		// The time in which the other one would have told, too: its turn in the pair, and
		// one of the group.
		watch(PEER_TIMEOUT.plusSeconds(1));
		post(application, Instant.now());
		Waiting.until("No all-clears about " + application, LIMIT, () -> bothWays(application, "resolved"));
		watch(PEER_TIMEOUT.plusSeconds(1));
		assertThat(messages(application).stream()
			.map((message) -> (message.isSlack() ? "slack " : "email ") + message.status()))
			.containsExactlyInAnyOrder("slack firing", "email firing", "slack resolved", "email resolved");
	}

	private boolean bothWays(String application, String status) {
		List<Message> told = messages(application).stream()
			.filter((message) -> message.status().equals(status))
			.toList();
		return told.stream().anyMatch(Message::isSlack) && told.stream().anyMatch(Message::isEmail);
	}

	private List<Message> messages(String application) {
		return this.inbox.after(0).stream().filter((message) -> message.title().contains(application)).toList();
	}

	private void post(String application, Instant endsAt) {
		String alerts = """
				[{"labels": {"alertname": "FlowForgeHighErrorRatio", "environment": "prod", "application": "%s", "team": "checkout",
				  "severity": "critical"}, "annotations": {"summary": "Too many requests fail."}, "endsAt": "%s"}]
				"""
			.formatted(application, endsAt);
		for (Peer peer : List.of(this.first, this.second)) {
			try {
				Http.send("POST", peer.address().resolve("/api/v2/alerts"), alerts);
			}
			catch (UncheckedIOException ex) {
				assertThat(peer.isKilled()).as(ex.getMessage()).isTrue();
			}
		}
	}

	private void awaitPair() {
		for (Peer peer : List.of(this.first, this.second)) {
			Waiting.until("The pair has not found each other", LIMIT, () -> {
				JsonNode cluster = Http.json(peer.address().resolve("/api/v2/status")).path("cluster");
				return cluster.path("status").asString("").equals("ready")
						&& cluster.path("peers").valueStream().count() == 2;
			});
		}
	}

	private static void watch(Duration time) {
		Instant end = Instant.now().plus(time);
		Waiting.until("The time has not passed", time.multipliedBy(2), () -> Instant.now().isAfter(end));
	}

	/**
	 * One of the two, which keeps its addresses and its files.
	 */
	private static final class Peer {

		private final String name;

		private final Path configuration;

		private final int port = Ports.free();

		private final int clusterPort = Ports.free();

		private final Path logs;

		private TemporaryServer server;

		private boolean killed;

		Peer(String name, Path configuration, Path logs) {
			this.name = name;
			this.configuration = configuration;
			this.logs = logs;
		}

		void start(Peer other) {
			String cluster = "127.0.0.1:" + this.clusterPort;
			this.killed = false;
			this.server = TemporaryServer
				.start(BackendCommands
					.alertmanager(this.configuration, "../data-" + this.name, this.port,
							"http://127.0.0.1:" + this.port, "UTC", "--cluster.listen-address=" + cluster,
							"--cluster.advertise-address=" + cluster, "--cluster.peer=127.0.0.1:" + other.clusterPort,
							"--cluster.peer-timeout=%ds".formatted(PEER_TIMEOUT.toSeconds()),
							"--cluster.gossip-interval=50ms", "--cluster.reconnect-interval=500ms")
					.named(this.name), this.logs);
		}

		URI address() {
			return URI.create("http://127.0.0.1:" + this.port);
		}

		boolean isKilled() {
			return this.killed;
		}

		void kill() {
			this.killed = true;
			this.server.kill();
		}

		void close() {
			if (this.server != null) {
				this.server.close();
			}
		}

	}

}
