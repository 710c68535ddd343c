package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.opentest4j.TestAbortedException;

/**
 * Breaks orders-service of a running stack, shows the alert as its owner gets it, heals
 * the service, and waits until the alert is resolved; or drills everything. Started by
 * {@code stack/drill}.
 */
public final class Drill {

	private static final String SERVICE = "orders-service";

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private static final int REQUESTS_PER_SECOND = 20;

	private final Fault fault;

	private final URI orders;

	private final Inbox inbox;

	private final String serviceControl;

	private final PrintStream out;

	private Drill(Map<String, String> options, PrintStream out) {
		this.fault = Fault.of(options.get("fault"));
		this.orders = URI.create(options.get("orders"));
		this.inbox = new Inbox(URI.create(options.get("inbox")));
		this.serviceControl = options.get("service-control");
		this.out = out;
	}

	/**
	 * Run the drill.
	 * @param arguments {@code --all} for the whole catalogue on a stack of its own; else
	 * {@code --fault=errors|latency|health|down}, {@code --orders=URL},
	 * {@code --inbox=URL} and {@code --service-control=COMMAND}, which starts and stops
	 * the service by name
	 */
	public static void main(String[] arguments) {
		Map<String, String> options = new TreeMap<>();
		for (String argument : arguments) {
			String[] option = argument.replaceFirst("^--", "").split("=", 2);
			options.put(option[0], (option.length > 1) ? option[1] : "");
		}
		try {
			if (!options.containsKey("all")) {
				new Drill(options, System.out).run();
			}
			else if (!new FullDrill(System.out).run()) {
				System.exit(1);
			}
		}
		catch (Waiting.NotInTimeException | UncheckedIOException | IllegalStateException | TestAbortedException ex) {
			System.out.println();
			System.err.println("drill: " + ex.getMessage() + ".");
			System.exit(1);
		}
	}

	private void run() {
		long known = this.inbox.newest();
		this.out.printf("Ordering %d times a second.%n", REQUESTS_PER_SECOND);
		try (Traffic traffic = new Traffic(this.orders, REQUESTS_PER_SECOND)) {
			traffic.start();
			this.out.printf("Breaking %s: %s.%n", SERVICE, this.fault.description());
			Instant broken = Instant.now();
			breakService();
			show("The alert", await(known, "firing"), broken);
			this.out.printf("Healing %s.%n", SERVICE);
			Instant healed = Instant.now();
			heal();
			show("The all-clear", await(known, "resolved"), healed);
		}
	}

	private void breakService() {
		String settings = this.fault.settings();
		if (settings != null) {
			new FaultSwitch(this.orders).set(settings);
		}
		else {
			control("stop");
		}
	}

	private void heal() {
		if (this.fault.settings() != null) {
			new FaultSwitch(this.orders).heal();
		}
		else {
			control("start");
		}
	}

	private void control(String verb) {
		try {
			int status = new ProcessBuilder(this.serviceControl, verb, SERVICE).inheritIO().start().waitFor();
			if (status != 0) {
				throw new IOException(
						"%s %s %s ended with status %d".formatted(this.serviceControl, verb, SERVICE, status));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

	private Pair await(long known, String status) {
		Predicate<Message> kind = (message) -> message.isAbout(status, SERVICE, this.fault.summary());
		Progress progress = new Progress(this.out, "waiting for \"%s\" in Slack and by email".formatted(status));
		Message slack = Waiting.until("\"%s\" in Slack".formatted(status), PATIENCE,
				() -> this.inbox.firstAfter(known, kind.and(Message::isSlack)), progress::show);
		Message email = Waiting.until("\"%s\" by email".formatted(status), PATIENCE,
				() -> this.inbox.firstAfter(known, kind.and(Message::isEmail)), progress::show);
		progress.done();
		return new Pair(slack, email);
	}

	private void show(String what, Pair messages, Instant since) {
		show("%s in Slack, %s, after %.1f s".formatted(what, messages.slack().channel(),
				seconds(since, messages.slack())), messages.slack());
		show("%s by email, to %s, after %.1f s".formatted(what, String.join(", ", messages.email().recipients()),
				seconds(since, messages.email())), messages.email());
	}

	private void show(String heading, Message message) {
		this.out.printf("%n── %s %s%n", heading, "─".repeat(Math.max(3, 76 - heading.length())));
		this.out.println(message.title());
		// The text of a Slack message begins with its title.
		message.text().strip().lines().filter((line) -> !line.equals(message.title())).forEach(this.out::println);
		this.out.printf("%s%n%n", "─".repeat(80));
	}

	private static double seconds(Instant since, Message message) {
		return Duration.between(since, message.receivedAt()).toMillis() / 1000.0;
	}

	private record Pair(Message slack, Message email) {

	}

}
