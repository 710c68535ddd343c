package io.flowforge.drill.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.flowforge.drill.message.Alert;

/**
 * All scenarios, in the order in which they run. Scenarios on different services run side
 * by side, each in its lane.
 */
public final class ScenarioCatalogue {

	/**
	 * The scenario that is left out where there is no Collector.
	 */
	public static final String COLLECTOR_DOWN = FaultScenarios.COLLECTOR_DOWN;

	private final List<List<Scenario>> lanes;

	private final List<Scenario> alone;

	ScenarioCatalogue(ScenarioStack stack) {
		FaultScenarios faults = new FaultScenarios(stack);
		CalmScenarios calm = new CalmScenarios(stack);
		DeliveryScenarios delivery = new DeliveryScenarios(stack);
		Scenario slowDependency = faults.slowDependency();
		// The crash loop comes last in its lane: it leaves another instance behind.
		this.lanes = List.of(
				List.of(faults.badDeploy(), faults.instanceKilled(), faults.allInstancesKilled(), calm.rollingDeploy(),
						faults.mixedFleet()),
				Stream.concat(stack.collector().map(faults::collectorDown).stream(),
						Stream.of(faults.databaseDown().after(slowDependency), calm.scrapeGap(), calm.unknownHealth(),
								calm.drainingInstance(), calm.asynchronousTimeOuts(), faults.crashLoop()))
					.toList(),
				List.of(slowDependency, calm.outageThatIsOver(), faults.burst(), faults.removedFromDiscovery(),
						faults.flappingComponent()),
				List.of(faults.budgetBurn(), calm.loadPeak(), calm.spike(), calm.streams(), calm.failuresAtNight()),
				// Of two messages to the platform at once, Slack would refuse one.
				List.of(faults.watchdog(), faults.brokenRule().after(slowDependency)));
		List<Scenario> alone = new ArrayList<>(List.of(calm.prometheusRestarts(),
				faults.failingHealth(calm.prometheusRestartsDuring(Alert.HEALTH_CHECK_FAILING),
						calm.alertmanagerRestartsDuring(Alert.HEALTH_CHECK_FAILING)),
				delivery.slackUnreachable(), delivery.teamWithoutAddress(), delivery.slackRefusesOneChannel(),
				faults.fortyOfFiftyDown()));
		if (stack.canPairAlertmanagers()) {
			// It leaves the pair behind.
			alone.add(delivery.oneAlertmanagerOfAPairDead());
		}
		this.alone = alone;
	}

	/**
	 * Scenarios that run side by side: those of one list, one after the other.
	 * @return the lanes
	 */
	List<List<Scenario>> lanes() {
		return this.lanes;
	}

	/**
	 * Scenarios that stop what all others need, and so run last and alone.
	 * @return scenarios, one after the other
	 */
	List<Scenario> alone() {
		return this.alone;
	}

	/**
	 * All scenarios, faults first.
	 * @return scenarios
	 */
	List<Scenario> all() {
		return Stream.concat(this.lanes.stream().flatMap(List::stream), this.alone.stream())
			.flatMap(Scenario::all)
			.sorted(Comparator.comparing(Scenario::isCalm))
			.toList();
	}

}
