package io.flowforge.observability.health;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.Status;

/**
 * The status of each health group, computed as the health endpoint does, but from the
 * last status of each component.
 */
final class HealthGroups {

	private final HealthEndpointGroups groups;

	HealthGroups(HealthEndpointGroups groups) {
		this.groups = groups;
	}

	/**
	 * Return the status of each group that has members.
	 * @param contributors all health contributors
	 * @param lastStatus returns the last status of a component by its path
	 * @return the status of each group, by name
	 */
	Map<String, Status> statuses(HealthContributors contributors, Function<String, @Nullable Status> lastStatus) {
		Map<String, Status> statuses = new TreeMap<>();
		for (String name : this.groups.getNames()) {
			HealthEndpointGroup group = this.groups.get(name);
			Status status = (group != null) ? status(group, "", contributors, lastStatus) : null;
			if (status != null) {
				statuses.put(name, status);
			}
		}
		return statuses;
	}

	// The endpoint, too, aggregates each composite first.
	private static @Nullable Status status(HealthEndpointGroup group, String path, HealthContributors contributors,
			Function<String, @Nullable Status> lastStatus) {
		Set<Status> members = new LinkedHashSet<>();
		for (HealthContributors.Entry entry : contributors) {
			String name = path + entry.name();
			Status status = null;
			if (entry.contributor() instanceof HealthContributors composite) {
				status = status(group, name + "/", composite, lastStatus);
			}
			else if (group.isMember(name)) {
				status = lastStatus.apply(name);
			}
			if (status != null) {
				members.add(status);
			}
		}
		return members.isEmpty() ? null : aggregate(group, members);
	}

	private static Status aggregate(HealthEndpointGroup group, Set<Status> members) {
		try {
			return group.getStatusAggregator().getAggregateStatus(members);
		}
		// The service's own aggregator failed. So does the endpoint.
		catch (RuntimeException ex) {
			return Status.DOWN;
		}
	}

}
