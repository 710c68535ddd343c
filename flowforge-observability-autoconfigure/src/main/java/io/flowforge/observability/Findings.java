package io.flowforge.observability;

import java.util.List;

/**
 * Looks for what is worth knowing about a service's settings. All such beans are asked
 * once when the service has started, in the background, and each finding is logged at its
 * level. The {@code observability} endpoint asks them again for each request.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Findings {

	/**
	 * Look.
	 * @return the findings, none if all is well
	 */
	List<Finding> find();

}
