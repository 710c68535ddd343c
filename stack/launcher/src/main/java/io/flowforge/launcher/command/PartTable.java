package io.flowforge.launcher.command;

import java.net.URI;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

import io.flowforge.launcher.Http;
import io.flowforge.launcher.Terminal;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.runtime.Runtime;
import io.flowforge.launcher.runtime.Stack;

/**
 * The parts of a stack as a person wants to see them.
 */
final class PartTable {

	private final Stack stack;

	PartTable(Stack stack) {
		this.stack = stack;
	}

	void print(Terminal terminal) {
		Map<Part, Runtime.Instance> instances = this.stack.instances();
		TextTable table = new TextTable("part", "address", this.stack.isInContainers() ? "container" : "process",
				"memory", "state");
		this.stack.parts().stream().sorted(Comparator.comparing(Part::id)).forEach((part) -> {
			Runtime.Instance instance = instances.get(part);
			table.add(part.id(), address(part).toString(), (instance != null) ? instance.id() : "–",
					(instance != null) ? instance.memory() : "", state(part, instance != null));
		});
		terminal.say("");
		table.print(terminal);
	}

	private String state(Part part, boolean runs) {
		if (!runs) {
			return "not running";
		}
		if (this.stack.isBeingBuilt(part)) {
			return "being built";
		}
		if (this.stack.hasFailedToBuild(part)) {
			return "could not be built";
		}
		return this.stack.isUp(part) ? "up" : "does not answer";
	}

	private URI address(Part part) {
		// Debian's Prometheus 2.42 has only the older pages.
		if (part == Part.PROMETHEUS) {
			URI address = part.address(this.stack.settings());
			return Stream.of("/alerts", "/classic/alerts")
				.map(address::resolve)
				.filter(Http::answers)
				.findFirst()
				.orElse(address);
		}
		return part.page(this.stack.settings()).orElse(part.health(this.stack.settings()));
	}

}
