package io.flowforge.launcher.runtime;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.Terminal;
import io.flowforge.launcher.build.Collector;
import io.flowforge.launcher.build.Installation;
import io.flowforge.launcher.build.StandIn;
import io.flowforge.launcher.layout.DataFolder;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.settings.Settings;

/**
 * The programs of a stack of plain processes: what it cannot do without is installed,
 * what shows telemetry is taken from the PATH, or else another program in its place.
 */
final class ProcessPrograms {

	/** What the links of messages lead to, by part. */
	private static final Map<Part, String> EVIDENCE = new EnumMap<>(
			Map.of(Part.ALERT_INBOX, "the inbox (logs)", Part.ZIPKIN, "Zipkin (traces)", Part.VICTORIA_LOGS,
					"VictoriaLogs (logs)", Part.PROMETHEUS, "Prometheus (graphs)"));

	private static final List<Part> ON_THE_PATH = List.of(Part.LOKI, Part.TEMPO, Part.GRAFANA);

	private final Repository repository;

	private final DataFolder data;

	private final Settings settings;

	private final Terminal terminal;

	private final Steps steps;

	ProcessPrograms(Repository repository, DataFolder data, Settings settings, Terminal terminal, Steps steps) {
		this.repository = repository;
		this.data = data;
		this.settings = settings;
		this.terminal = terminal;
		this.steps = steps;
	}

	/**
	 * Get what is missing, and say what there is and what is left out.
	 * @return the parts that this machine has no program for
	 * @throws StackException if there are no alerts without what is missing
	 */
	List<Part> get() {
		List<Part> absent = new ArrayList<>();
		for (Part part : Part.wantedBy(this.settings)) {
			if (ON_THE_PATH.contains(part) ? Programs.find(part.id()).isEmpty()
					: part == Part.OTEL_COLLECTOR && !canHaveCollector()) {
				absent.add(part);
			}
		}
		List<Part> standIns = Part.wantedBy(this.settings, absent)
			.stream()
			.filter((part) -> absent.stream().anyMatch((missing) -> missing.standIn().filter(part::equals).isPresent()))
			.toList();
		Preflight preflight = new Preflight();
		preflight.checkPorts(standIns, this.settings, false);
		preflight.orThrow();
		CompletableFuture<Void> installation = install();
		Map<Part, String> left = get(standIns);
		Steps.join(installation);
		absent.addAll(left.keySet());
		// It may have come with the others.
		if (!BackendCommands.hasNodeExporter()) {
			absent.add(Part.NODE_EXPORTER);
		}
		describe(absent, left);
		return absent;
	}

	private boolean canHaveCollector() {
		Collector collector = new Collector(this.repository);
		return collector.find().isPresent() || collector.canBeBuilt();
	}

	private CompletableFuture<Void> install() {
		Installation installation = new Installation(this.repository);
		return installation.isComplete() ? CompletableFuture.completedFuture(null) : this.steps
			.begin("Installing Prometheus and Alertmanager", "about half a minute", installation::complete);
	}

	// Those that cannot be had, and why: there are alerts without them.
	private Map<Part, String> get(List<Part> standIns) {
		Map<Part, String> left = new EnumMap<>(Part.class);
		Map<Part, CompletableFuture<Void>> getting = new EnumMap<>(Part.class);
		for (Part part : standIns) {
			StandIn standIn = StandIn.of(part, this.repository);
			if (standIn.find().isEmpty()) {
				standIn.whyNot()
					.ifPresentOrElse((reason) -> left.put(part, reason),
							() -> getting.put(part, this.steps.begin("Getting " + standIn.title(),
									"about a minute, once", () -> standIn.get(this.data.log(part.id() + "-build")))));
			}
		}
		getting.forEach((part, step) -> {
			try {
				Steps.join(step);
			}
			catch (StackException ex) {
				left.put(part, ex.getMessage());
			}
		});
		return left;
	}

	private void describe(List<Part> absent, Map<Part, String> left) {
		List<Part> missing = absent.stream().filter(ON_THE_PATH::contains).toList();
		List<Part> parts = Part.wantedBy(this.settings, absent);
		if (!missing.isEmpty()) {
			String evidence = EVIDENCE.entrySet()
				.stream()
				.filter((page) -> parts.contains(page.getKey()))
				.filter((page) -> page.getKey() != Part.PROMETHEUS || missing.contains(Part.GRAFANA))
				.filter((page) -> page.getKey() != Part.ALERT_INBOX || Part.logsAreInAFile(parts, this.settings))
				.map(Map.Entry::getValue)
				.collect(Collectors.joining(", "));
			this.terminal.say("Not on the PATH: %s.%s A Docker engine brings all of them.".formatted(ids(missing),
					evidence.isEmpty() ? "" : " Links in messages lead to others instead: %s.".formatted(evidence)));
		}
		left.forEach((part, reason) -> this.terminal.say("%s is left out: %s.".formatted(part.id(), reason)));
		if (absent.contains(Part.NODE_EXPORTER)) {
			this.terminal.say(
					"node-exporter is left out: node_exporter is not on the PATH; 'stack/install' installs it, or says how. Nobody gets a message when a disk is almost full.");
		}
		if (absent.contains(Part.OTEL_COLLECTOR)) {
			this.terminal.say(
					"otel-collector is left out: neither it nor Go, which builds it, is on the PATH. The inbox takes traces and logs in its place, and drops them.");
		}
	}

	private static String ids(List<Part> parts) {
		return parts.stream().map(Part::id).collect(Collectors.joining(", "));
	}

}
