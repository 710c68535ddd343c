package io.flowforge.launcher.command;

import java.util.concurrent.Callable;

import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.runtime.BringUp;
import io.flowforge.launcher.runtime.Stack;
import picocli.CommandLine.Command;

@Command(name = "up", description = "Brings up the stack and its samples, or what is missing of them.")
final class UpCommand implements Callable<Integer> {

	private final Context context;

	UpCommand(Context context) {
		this.context = context;
	}

	@Override
	public Integer call() {
		Stack stack = new BringUp(this.context.repository(), this.context.data(), this.context.environment(),
				this.context.terminal())
			.run();
		new PartTable(stack).print(this.context.terminal());
		if (stack.parts().contains(Part.GRAFANA)) {
			this.context.terminal()
				.say("\nGrafana's user is admin; its password is in %s."
					.formatted(stack.data().of(Part.GRAFANA).resolve("secrets/admin-password")));
		}
		this.context.terminal().say("""

				make watch NAME=payments URL=http://localhost:8080   watch a service of yours
				%s
				make status                                          what runs, who is watched, what fires
				make down                                            end everything""".formatted(drill(stack)));
		return 0;
	}

	private static String drill(Stack stack) {
		return stack.parts().contains(Part.ORDERS_SERVICE)
				? "make drill                                           break a sample, see the alert arrive"
				: "make drill SERVICE=payments                          break it, see the alert arrive";
	}

}
