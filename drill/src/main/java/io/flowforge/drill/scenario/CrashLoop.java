package io.flowforge.drill.scenario;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

import io.flowforge.drill.server.Relay;
import io.flowforge.drill.server.Sample;

/**
 * An instance that crashes again and again, and is there again at once. All starts of a
 * JVM together would take longer than the rule looks back, so those that follow run
 * before the first one crashes. The last one stays.
 */
final class CrashLoop {

	private static final int CRASHES = 3;

	private static final Duration WINDOW = Pace.scaled(Duration.ofMinutes(15));

	private final ScenarioStack stack;

	private final SampleService service;

	private final Relay relay;

	private final Deque<Sample> processes = new ArrayDeque<>();

	CrashLoop(ScenarioStack stack, SampleService service) {
		this.stack = stack;
		this.service = service;
		this.relay = stack.relayTo(service.instance());
	}

	void prepare() {
		Sample first = this.service.instance();
		this.service.replace(first, first.behind(this.relay));
		this.processes.add(first);
		// They are told apart by when they started, so no two may start at once.
		for (int i = 0; i < CRASHES; i++) {
			this.processes.add(this.service.launch());
		}
		awaitRestarts(0);
	}

	void crash() {
		for (int crashes = 1; crashes <= CRASHES; crashes++) {
			Sample crashing = this.processes.remove();
			this.relay.leadTo(this.processes.element());
			crashing.kill();
			awaitRestarts(crashes);
		}
	}

	private void awaitRestarts(int number) {
		Pace.await("Prometheus does not see %d restarts".formatted(number),
				() -> this.stack.has("changes(process_start_time_seconds{instance=~\".*:%d\"}[%ds]) == %d"
					.formatted(this.relay.port(), WINDOW.toSeconds(), number)));
	}

}
