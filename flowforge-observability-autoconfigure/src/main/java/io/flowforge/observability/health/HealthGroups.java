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
 * What the health endpoint says of its groups, from answers that are there already.
 */
final class HealthGroups {

	private final HealthEndpointGroups groups;

	HealthGroups(HealthEndpointGroups groups) {
		this.groups = groups;
	}

	/**
	 * The status of each group that has members.
	 * @param contributors all health contributors
	 * @param answers knows the last answer of each component by its path
	 * @return the status of each group, by its name
	 */
	Map<String, Status> statuses(HealthContributors contributors, Function<String, @Nullable Status> answers) {
		Map<String, Status> statuses = new TreeMap<>();
		for (String name : this.groups.getNames()) {
			HealthEndpointGroup group = this.groups.get(name);
			Status status = (group != null) ? status(group, "", contributors, answers) : null;
			if (status != null) {
				statuses.put(name, status);
			}
		}
		return statuses;
	}

	// Composite by composite, as the endpoint does.
	private static @Nullable Status status(HealthEndpointGroup group, String path, HealthContributors contributors,
			Function<String, @Nullable Status> answers) {
		Set<Status> members = new LinkedHashSet<>();
		for (HealthContributors.Entry entry : contributors) {
			String name = path + entry.name();
			Status status = null;
			if (entry.contributor() instanceof HealthContributors composite) {
				status = status(group, name + "/", composite, answers);
			}
			else if (group.isMember(name)) {
				status = answers.apply(name);
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
		// Of an aggregator of the service. The endpoint fails then, too.
		catch (RuntimeException ex) {
			return Status.DOWN;
		}
	}

}
