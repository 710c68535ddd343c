package io.flowforge.observability.health;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.Status;

/**
 * What the health endpoint makes of the last status of each component: the status of each
 * health group, and whether a status is a failure.
 */
final class HealthGroups {

	private static final int FIRST_ERROR = 500;

	private final @Nullable HealthEndpointGroups groups;

	/**
	 * Create an instance.
	 * @param groups the groups, {@code null} if the service has no health endpoint
	 */
	HealthGroups(@Nullable HealthEndpointGroups groups) {
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
		if (this.groups == null) {
			return statuses;
		}
		for (String name : this.groups.getNames()) {
			HealthEndpointGroup group = this.groups.get(name);
			Status status = (group != null) ? status(group, "", contributors, lastStatus) : null;
			if (status != null) {
				statuses.put(name, status);
			}
		}
		return statuses;
	}

	/**
	 * Whether the endpoint answers 500 or more because of a component: in one of the
	 * groups that the component belongs to, or, if it belongs to none, as a whole.
	 * @param component the path of the component
	 * @param status the status of the component
	 * @return whether the component is failing
	 */
	boolean isFailing(String component, Status status) {
		if (this.groups == null) {
			return isError(HttpCodeStatusMapper.getDefault(), status);
		}
		boolean member = false;
		for (String name : this.groups.getNames()) {
			HealthEndpointGroup group = this.groups.get(name);
			if (group != null && group.isMember(component)) {
				member = true;
				if (isError(group.getHttpCodeStatusMapper(), status)) {
					return true;
				}
			}
		}
		return !member && isError(this.groups.getPrimary().getHttpCodeStatusMapper(), status);
	}

	/**
	 * Whether the endpoint answers 500 or more when it is asked for a group.
	 * @param name the name of the group
	 * @param status the status of the group
	 * @return whether the group is failing
	 */
	boolean isGroupFailing(String name, Status status) {
		HealthEndpointGroup group = (this.groups != null) ? this.groups.get(name) : null;
		return group != null && isError(group.getHttpCodeStatusMapper(), status);
	}

	private static boolean isError(HttpCodeStatusMapper mapper, Status status) {
		return mapper.getStatusCode(status) >= FIRST_ERROR;
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
