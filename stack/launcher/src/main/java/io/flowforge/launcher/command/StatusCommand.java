package io.flowforge.launcher.command;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import io.flowforge.launcher.Terminal;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.runtime.Prometheus;
import io.flowforge.launcher.runtime.Stack;
import io.flowforge.launcher.watch.Messages;
import picocli.CommandLine.Command;

@Command(name = "status", description = "Shows what runs, who is watched, and what fires.")
final class StatusCommand implements Callable<Integer> {

	private final Context context;

	StatusCommand(Context context) {
		this.context = context;
	}

	@Override
	public Integer call() {
		Stack stack = this.context.stack();
		new PartTable(stack).print(this.context.terminal());
		if (!stack.isUp(Part.PROMETHEUS)) {
			this.context.terminal()
				.say("\nPrometheus does not answer, so nobody knows how the services are: 'make dev' brings it up again.");
			return 1;
		}
		services(stack.prometheus(), this.context.terminal());
		misnamed(stack.prometheus(), this.context.terminal());
		mismatches(stack.prometheus(), this.context.terminal());
		messages(stack, this.context.terminal());
		alerts(stack.prometheus(), this.context.terminal());
		if (stack.speed() != 1) {
			this.context.terminal()
				.say("\nAlerting runs %s times as fast as usual: 'make dev' ends that."
					.formatted(Double.toString(stack.speed()).replaceFirst("[.]0$", "")));
		}
		return stack.parts().stream().allMatch((part) -> stack.isUp(part) || stack.isBeingBuilt(part)) ? 0 : 1;
	}

	private static void services(Prometheus prometheus, Terminal terminal) {
		List<Prometheus.Target> targets = prometheus.targets();
		if (targets.isEmpty()) {
			terminal.say("\nPrometheus watches no service yet: make watch NAME=payments URL=http://localhost:8080");
			return;
		}
		Map<String, String> owners = new TreeMap<>();
		prometheus.query("flowforge:service_owner")
			.forEach((row) -> owners.put(row.label("environment") + "/" + row.label("application"), row.label("team")));
		TextTable table = new TextTable("service", "environment", "instance", "owner", "scrape");
		for (Prometheus.Target target : targets) {
			String service = target.label("environment") + "/" + target.label("application");
			table.add(target.label("application"), target.label("environment"), target.label("instance"),
					owners.getOrDefault(service, "not known yet"),
					target.isUp() ? "up" : target.error().orElse("not scraped yet"));
		}
		terminal.say("");
		table.print(terminal);
	}

	private static void misnamed(Prometheus prometheus, Terminal terminal) {
		prometheus.query("flowforge_service_environment{service_name!=\"\"}")
			.stream()
			.filter((row) -> !row.label("service_name").equals(row.label("application")))
			.filter((row) -> prometheus.targets(row.label("environment"), row.label("application"))
				.findAny()
				.isPresent())
			.forEach((row) -> terminal.say("  %s is called %s in its traces and logs: links in alerts find nothing."
				.formatted(row.label("application"), row.label("service_name"))));
	}

	// What the service says of itself is true; links in alerts go by the target.
	private static void mismatches(Prometheus prometheus, Terminal terminal) {
		prometheus.query("flowforge_service_environment")
			.stream()
			.filter((row) -> !row.label("name").equals(row.label("environment")))
			// What was scraped before the target changed stays for a while.
			.filter((row) -> prometheus.targets(row.label("environment"), row.label("application"))
				.findAny()
				.isPresent())
			.forEach((row) -> terminal
				.say("  %s is watched as environment %s, but its traces and logs say %s: links in alerts find nothing."
					.formatted(row.label("application"), row.label("environment"), row.label("name"))));
	}

	private static void messages(Stack stack, Terminal terminal) {
		Messages messages = new Messages(stack);
		terminal.say("\nMessages: %s.".formatted(messages.where()));
		terminal.say("Messages about the stack itself: %s.".formatted(messages.whereOfPlatform()));
		stack.prometheus()
			.targets()
			.stream()
			.map((target) -> target.label("environment"))
			.distinct()
			.sorted()
			.filter((environment) -> messages.areMuted(Map.of("environment", environment, "severity", "critical"),
					Instant.now()))
			.forEach((environment) -> terminal.say("  %s: %s".formatted(environment,
					messages.muted(Map.of("environment", environment, "severity", "critical"), Instant.now()))));
	}

	private static void alerts(Prometheus prometheus, Terminal terminal) {
		List<Map<String, String>> firing = prometheus.firing();
		terminal.say("");
		terminal.say(firing.isEmpty() ? "No alert fires." : "Firing:");
		TextTable table = new TextTable("alert", "severity", "service", "environment");
		firing.forEach((labels) -> table.add(labels.getOrDefault("alertname", ""), labels.getOrDefault("severity", ""),
				labels.getOrDefault("application", ""), labels.getOrDefault("environment", "")));
		if (!firing.isEmpty()) {
			table.print(terminal);
		}
	}

}
