package io.flowforge.observability.systemtests;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.flowforge.drill.backend.AlertmanagerPair;
import io.flowforge.drill.backend.BackendConfiguration;
import io.flowforge.drill.backend.Backends;
import io.flowforge.drill.message.Inbox;
import io.flowforge.drill.message.Message;
import io.flowforge.drill.server.AlertInbox;
import io.flowforge.drill.server.Workspace;
import io.flowforge.launcher.Http;
import io.flowforge.launcher.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A pair of Alertmanagers, each told of every alert, as every Prometheus does: people are
 * told once, by whichever is left.
 */
class AlertmanagerPairTests {

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private final Deque<AutoCloseable> parts = new ArrayDeque<>();

	private Inbox inbox;

	private AlertmanagerPair pair;

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
		this.pair = AlertmanagerPair.start(workspace, configuration);
		this.parts.push(this.pair);
	}

	@AfterEach
	void stop() throws Exception {
		for (AutoCloseable part : this.parts) {
			part.close();
		}
	}

	@Test
	void oneMessageFromBothAndOneFromWhicheverIsLeft() {
		isToldOnce("both-up");

		this.pair.second().kill();
		isToldOnce("second-killed");

		this.pair.restart(this.pair.second());
		this.pair.first().kill();
		isToldOnce("first-killed");
	}

	private void isToldOnce(String application) {
		post(application, Instant.now().plusSeconds(3600));
		Waiting.until("No messages about " + application, LIMIT, () -> bothWays(application, "firing"));
		// The time in which the other one would have told, too: its turn in the pair, and
		// one of the group.
		watch(AlertmanagerPair.PEER_TIMEOUT.plusSeconds(1));
		post(application, Instant.now());
		Waiting.until("No all-clears about " + application, LIMIT, () -> bothWays(application, "resolved"));
		watch(AlertmanagerPair.PEER_TIMEOUT.plusSeconds(1));
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
		for (AlertmanagerPair.Peer peer : this.pair.peers()) {
			try {
				Http.send("POST", peer.address().resolve("/api/v2/alerts"), alerts);
			}
			catch (UncheckedIOException ex) {
				assertThat(peer.isKilled()).as(ex.getMessage()).isTrue();
			}
		}
	}

	private static void watch(Duration time) {
		Instant end = Instant.now().plus(time);
		Waiting.until("The time has not passed", time.multipliedBy(2), () -> Instant.now().isAfter(end));
	}

}
