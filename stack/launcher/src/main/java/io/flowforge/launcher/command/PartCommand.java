package io.flowforge.launcher.command;

import java.util.List;
import java.util.concurrent.Callable;

import io.flowforge.launcher.StackException;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.runtime.Stack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "part", description = "Starts, stops or restarts one part of a stack that is up.")
final class PartCommand implements Callable<Integer> {

	enum Verb {

		start, stop, restart

	}

	private final Context context;

	@Parameters(index = "0", paramLabel = "VERB", description = "${COMPLETION-CANDIDATES}")
	private Verb verb = Verb.restart;

	@Parameters(index = "1", paramLabel = "PART", description = "A part, by the name that 'status' shows.")
	private String name = "";

	PartCommand(Context context) {
		this.context = context;
	}

	@Override
	public Integer call() {
		Stack stack = this.context.stack();
		Part part = Part.of(this.name)
			.filter(stack.parts()::contains)
			.orElseThrow(() -> new StackException("'%s' is not a part of this stack, which consists of %s."
				.formatted(this.name, String.join(", ", stack.parts().stream().map(Part::id).toList()))));
		if (this.verb != Verb.start) {
			stack.stop(List.of(part));
		}
		if (this.verb != Verb.stop) {
			stack.start(List.of(part), this.context.terminal());
		}
		return 0;
	}

}
