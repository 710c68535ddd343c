package io.flowforge.drill;

import java.util.List;

import io.flowforge.launcher.StackException;
import io.flowforge.launcher.Terminal;
import io.flowforge.launcher.config.TimeScale;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.runtime.Stack;

/**
 * The alerting of a stack that is up, at 20 times its usual speed for the time of a
 * drill.
 */
final class FastClock {

	private static final TimeScale SPEED = new TimeScale(20);

	private FastClock() {
	}

	/**
	 * Check that a drill can use these parts.
	 * @param stack the stack
	 * @param parts the parts
	 * @throws StackException if one of them does not run
	 */
	static void requireUp(Stack stack, List<Part> parts) {
		for (Part part : parts) {
			if (!stack.isAlive(part)) {
				throw new StackException("%s is not running: 'make dev' starts what is missing.".formatted(part.id()));
			}
			if (!stack.isUp(part)) {
				throw new StackException("%s does not answer: 'make dev' starts it again; its log is %s."
					.formatted(part.id(), stack.data().log(part.id())));
			}
		}
	}

	static void start(Stack stack, Restoration restoration, Terminal terminal) {
		restoration.change(() -> stack.pace(SPEED), () -> {
			stack.pace(TimeScale.NORMAL);
			terminal.say("The alerting runs at normal speed again.");
		});
		terminal.say("The alerting runs 20 times as fast for now: minutes become seconds.");
	}

}
