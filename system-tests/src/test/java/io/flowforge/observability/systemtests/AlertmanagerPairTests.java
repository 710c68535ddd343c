package io.flowforge.observability.systemtests;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

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
		int smtp = Server.freePort();
		Sample alertInbox = new Sample("alert-inbox", folder, "127.0.0.1", "--inbox.smtp.port=" + smtp);
		this.parts.push(alertInbox);
		this.inbox = new Inbox(alertInbox.address());
		Path configuration = new AssembledConfiguration(folder).alertmanager("http://127.0.0.1:" + alertInbox.port(),
				"127.0.0.1:" + smtp);
		this.first = new Peer("alertmanager-1", configuration);
		this.second = new Peer("alertmanager-2", configuration);
		this.first.start(this.second);
		this.second.start(this.first);
		awaitPair();
	}

	@AfterEach
	void stop() throws Exception {
		this.second.close();
		this.first.close();
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
		Waiting.until("messages about " + application, LIMIT, () -> bothWays(application, "firing"), Waiting.SILENTLY);
		// The time in which the other one would have told, too: its turn in the pair, and
		// one of the group.
		watch(PEER_TIMEOUT.plusSeconds(1));
		post(application, Instant.now());
		Waiting.until("all-clears about " + application, LIMIT, () -> bothWays(application, "resolved"),
				Waiting.SILENTLY);
		watch(PEER_TIMEOUT.plusSeconds(1));
		assertThat(messages(application).stream()
			.map((message) -> (message.isSlack() ? "slack " : "email ") + message.status()))
			.containsExactlyInAnyOrder("slack firing", "email firing", "slack resolved", "email resolved");
	}

	private Optional<Boolean> bothWays(String application, String status) {
		List<Message> told = messages(application).stream()
			.filter((message) -> message.status().equals(status))
			.toList();
		return Optional.of(true)
			.filter((yes) -> told.stream().anyMatch(Message::isSlack) && told.stream().anyMatch(Message::isEmail));
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
			Waiting.until("the pair having found each other", LIMIT,
					() -> Optional.of(JsonMapper.shared().readTree(Http.get(peer.address().resolve("/api/v2/status"))))
						.filter((status) -> status.at("/cluster/status").asString("").equals("ready")
								&& status.at("/cluster/peers").valueStream().count() == 2),
					Waiting.SILENTLY);
		}
	}

	private static void watch(Duration time) {
		Instant end = Instant.now().plus(time);
		Waiting.until("the end of the watch", time.multipliedBy(2),
				() -> Optional.of(true).filter((yes) -> Instant.now().isAfter(end)), Waiting.SILENTLY);
	}

	/**
	 * One of the two, which keeps its addresses and its files.
	 */
	private static final class Peer {

		private final String name;

		private final Path configuration;

		private final int port = Server.freePort();

		private final int clusterPort = Server.freePort();

		private Server server;

		private boolean killed;

		Peer(String name, Path configuration) {
			this.name = name;
			this.configuration = configuration;
		}

		void start(Peer other) {
			String cluster = "127.0.0.1:" + this.clusterPort;
			this.killed = false;
			this.server = Server.start(this.name, this.configuration, address().resolve("/-/ready"),
					List.of(Program.require("prometheus-alertmanager", "alertmanager").toString(),
							"--config.file=alertmanager.yml", "--storage.path=../data-" + this.name,
							"--web.listen-address=127.0.0.1:" + this.port, "--cluster.listen-address=" + cluster,
							"--cluster.advertise-address=" + cluster, "--cluster.peer=127.0.0.1:" + other.clusterPort,
							"--cluster.peer-timeout=%ds".formatted(PEER_TIMEOUT.toSeconds()),
							"--cluster.gossip-interval=50ms", "--cluster.reconnect-interval=500ms"));
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
