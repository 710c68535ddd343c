package io.flowforge.drill;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.flowforge.drill.message.Channel;
import io.flowforge.drill.message.Message;
import io.flowforge.drill.server.FaultSwitch;
import io.flowforge.drill.server.Traffic;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.Terminal;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.config.Service;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.runtime.Stack;
import io.flowforge.launcher.settings.Setting;

/**
 * Breaks orders-service of a stack that is up, shows the alert as its owner gets it,
 * restores the service, and waits for the all-clear.
 */
final class FaultDrill {

	private static final Service SERVICE = new Service("demo", "orders-service");

	private static final Duration OWNER_TIMEOUT = Duration.ofMinutes(1);

	private static final Duration MESSAGE_TIMEOUT = Duration.ofMinutes(3);

	private static final int REQUESTS_PER_SECOND = 20;

	private final Stack stack;

	private final Fault fault;

	private final Terminal terminal;

	private final URI orders;

	FaultDrill(Stack stack, Fault fault, Terminal terminal) {
		this.stack = stack;
		this.fault = fault;
		this.terminal = terminal;
		this.orders = Part.ORDERS_SERVICE.address(stack.settings());
	}

	/**
	 * Run the drill.
	 * @throws StackException if the stack is not up or has no samples, or a message does
	 * not arrive
	 */
	void run() {
		if (!this.stack.parts().contains(Part.ORDERS_SERVICE)) {
			throw new StackException(
					"orders-service is not part of this stack (%s=no): run 'make drill SERVICE=payments' with a service of yours that is watched."
						.formatted(Setting.SAMPLES.variable()));
		}
		FastClock.requireUp(this.stack, this.stack.parts());
		ServiceAlerts alerts = new ServiceAlerts(this.stack.prometheus(), SERVICE);
		try (Restoration restoration = new Restoration(this.terminal)) {
			FastClock.start(this.stack, restoration, this.terminal);
			// A service that fails before it was ever scraped has no owner yet.
			Waiting.until(
					"Prometheus does not know the owner of orders-service; look at %s"
						.formatted(Part.PROMETHEUS.address(this.stack.settings()).resolve("/targets")),
					OWNER_TIMEOUT, () -> alerts.team().isPresent());
			run(alerts, restoration);
		}
	}

	private void run(ServiceAlerts alerts, Restoration restoration) {
		Deliveries deliveries = new Deliveries(this.stack);
		long known = deliveries.newest();
		this.terminal.say("Sending orders-service %d orders a second.".formatted(REQUESTS_PER_SECOND));
		try (Traffic traffic = new Traffic(this.orders, REQUESTS_PER_SECOND)) {
			traffic.start();
			this.terminal.say("Breaking orders-service: %s.".formatted(this.fault.description()));
			Stages stages = new Stages();
			stages.begin("After orders-service broke");
			restoration.change(this::breakService, this::restoreService);
			AlertWait wait = new AlertWait(alerts, deliveries, deliveries.inInbox(), this.terminal, stages);
			Map<Channel, Message> alert = wait.firing(MESSAGE_TIMEOUT, known, kind("firing"),
					() -> "no alert is pending");
			show("The alert", stages, deliveries, alert);
			this.terminal.say("");
			this.terminal.say("Restoring orders-service.");
			stages.begin("After orders-service was restored");
			restoration.run(this::restoreService);
			show("The all-clear", stages, deliveries, wait.resolved(MESSAGE_TIMEOUT, known, kind("resolved")));
			stages.print(this.terminal);
		}
	}

	private void show(String what, Stages stages, Deliveries deliveries, Map<Channel, Message> messages) {
		new MessagePrinter(this.terminal).show(what, stages.beginning(), messages);
		deliveries.elsewhere().ifPresent(this.terminal::say);
	}

	private Predicate<Message> kind(String status) {
		return (message) -> message.isAbout(status, SERVICE.application(), this.fault.alert().summary());
	}

	private void breakService() {
		String settings = this.fault.settings();
		if (settings != null) {
			new FaultSwitch(this.orders).set(settings);
		}
		else {
			this.stack.stop(List.of(Part.ORDERS_SERVICE));
		}
	}

	// May come twice: after the alert, and at the end.
	private void restoreService() {
		if (!this.stack.isAlive(Part.ORDERS_SERVICE)) {
			this.stack.start(List.of(Part.ORDERS_SERVICE), this.terminal);
		}
		else if (this.fault.settings() != null) {
			new FaultSwitch(this.orders).clear();
		}
	}

}
