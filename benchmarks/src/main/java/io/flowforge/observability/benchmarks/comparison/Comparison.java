package io.flowforge.observability.benchmarks.comparison;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.flowforge.observability.testing.FaultyCollector.Fault;

/**
 * Compares what the starter and its peers cost the same application, and writes a table,
 * the raw values and a chart. It measures in rounds of all variants, so that a change on
 * the machine affects all of them, and compares each variant with the bare application of
 * the same round.
 */
public final class Comparison {

	private final Plan plan;

	private final Cores cores;

	private final Applications applications;

	// Starts take a third of the time, and neither counts items nor waits for an end any
	// differently.
	private final Applications unpinned;

	private final ReceiverProcess receiver;

	private final Progress progress;

	private final Results results = new Results();

	private Comparison(Plan plan, Cores cores, Path applications, ReceiverProcess receiver) {
		this.plan = plan;
		this.cores = cores;
		this.applications = Applications.pinned(applications, cores);
		this.unpinned = Applications.onAllCores(applications, cores);
		this.receiver = receiver;
		int variants = Variant.values().length;
		this.progress = new Progress(Calibration.DURATION.multipliedBy(variants)
			.plus(Shutdowns.DURATION.multipliedBy(2))
			.plus(plan.trial().multipliedBy((long) variants * plan.rounds())));
	}

	/**
	 * Measure, and write the results. Linux only.
	 * @param arguments the folder {@code benchmarks}; {@code --quick} for a run that
	 * shows that everything works, whose figures say little, or {@code --rounds=}, three
	 * by default
	 * @throws Exception if something cannot be measured
	 */
	public static void main(String[] arguments) throws Exception {
		Path folder = Path.of(arguments[0]).toAbsolutePath();
		Plan plan = plan(arguments);
		Machine machine = Machine.describe();
		Cores cores = Cores.divide();
		try (ReceiverProcess receiver = ReceiverProcess.start()) {
			Comparison comparison = new Comparison(plan, cores, folder.resolve("applications"), receiver);
			comparison.run(Files.createDirectories(folder.resolve("target/comparison")).toFile());
			comparison.write(Files.createDirectories(folder.resolve("results")), machine);
		}
	}

	private static Plan plan(String[] arguments) {
		for (String argument : arguments) {
			if (argument.equals("--quick")) {
				return Plan.QUICK;
			}
			if (argument.startsWith("--rounds=")) {
				return Plan.FULL.withRounds(Integer.parseInt(argument.substring("--rounds=".length())));
			}
		}
		return Plan.FULL;
	}

	private void run(File logs) throws IOException, InterruptedException {
		Map<Variant, ItemsPerRequest> perRequest = new EnumMap<>(Variant.class);
		Calibration calibration = new Calibration(this.unpinned, this.receiver, logs);
		for (Variant variant : Variant.values()) {
			this.progress.begin("What a request makes: " + variant.title(), Calibration.DURATION);
			ItemsPerRequest items = calibration.run(variant, this.results);
			this.progress.end("%d spans, %d log records".formatted(items.spans(), items.logRecords()));
			perRequest.put(variant, items);
		}
		shutdowns(Fault.REFUSING, Figure.SHUTDOWN_REFUSING);
		shutdowns(Fault.HANGING, Figure.SHUTDOWN_HANGING);
		for (int round = 1; round <= this.plan.rounds(); round++) {
			for (Variant variant : variants(round)) {
				this.progress.begin("Round %d of %d: %s".formatted(round, this.plan.rounds(), variant.title()),
						this.plan.trial());
				Trial.run(this.plan, this.cores, this.applications, this.receiver, variant, perRequest.get(variant),
						round, this.results);
			}
		}
	}

	private void shutdowns(Fault fault, Figure figure) throws IOException {
		this.progress.begin(figure.title(), Shutdowns.DURATION);
		new Shutdowns(this.unpinned).run(fault, figure, this.results);
	}

	// In another order each time: none is always first, or always after the same one.
	private static List<Variant> variants(int round) {
		List<Variant> variants = new ArrayList<>(Arrays.asList(Variant.values()));
		if (round % 2 == 0) {
			Collections.reverse(variants);
		}
		Collections.rotate(variants, round);
		return variants;
	}

	private void write(Path folder, Machine machine) throws IOException {
		Files.writeString(folder.resolve(this.plan.name() + ".md"),
				new MarkdownReport(this.plan, machine, this.results).write());
		Files.writeString(folder.resolve(this.plan.name() + ".csv"), new CsvReport(this.results).write());
		Files.writeString(folder.resolve(this.plan.name() + ".svg"), new Chart(this.plan, this.results).write());
		System.out.printf("Written to %s: %s.md, .csv and .svg%n", folder, this.plan.name());
	}

}
