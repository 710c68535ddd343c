package io.flowforge.drill.scenario;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Runs all scenarios of a {@link ScenarioCatalogue}, and accounts for every alert and
 * every message there was.
 */
public final class ScenarioRunner {

	private final ScenarioStack stack;

	private final ScenarioCatalogue catalogue;

	private final Consumer<ReportRow> log;

	private final Instant start = Instant.now();

	/**
	 * Prepare the scenarios.
	 * @param stack the stack
	 * @param log gets the result of each scenario when it is over
	 */
	public ScenarioRunner(ScenarioStack stack, Consumer<ReportRow> log) {
		this.stack = stack;
		this.catalogue = new ScenarioCatalogue(stack);
		this.log = log;
	}

	/**
	 * The scenarios, in the order of the report.
	 * @return scenarios
	 */
	public List<Scenario> scenarios() {
		return this.catalogue.all();
	}

	/**
	 * Run all scenarios.
	 */
	public void run() {
		ExecutorService lanes = Executors.newCachedThreadPool((work) -> {
			Thread thread = new Thread(work, "lane");
			thread.setDaemon(true);
			return thread;
		});
		try {
			CompletableFuture
				.allOf(this.catalogue.lanes()
					.stream()
					.map((lane) -> CompletableFuture.runAsync(() -> lane.forEach(this::run), lanes))
					.toArray(CompletableFuture[]::new))
				.join();
			this.catalogue.alone().forEach(this::run);
		}
		finally {
			lanes.shutdownNow();
		}
	}

	private void run(Scenario scenario) {
		Scenario predecessor = scenario.predecessor();
		if (predecessor != null) {
			predecessor.row().join();
		}
		ReportRow row = new ScenarioRun(this.stack, scenario, scenarios(), this::run).run();
		this.log.accept(row);
		scenario.row().complete(row);
	}

	/**
	 * Alerts and messages that no scenario explains.
	 * @return sentences, none if all is well
	 */
	public List<String> unexplained() {
		return new Accounting(this.stack, scenarios(), this.start).unexplained();
	}

}
