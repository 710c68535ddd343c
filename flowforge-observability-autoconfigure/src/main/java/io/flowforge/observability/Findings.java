package io.flowforge.observability;

import java.util.List;

/**
 * Finds what an owner should know about the settings of a service. When the service has
 * started, all such beans are asked once in the background, and each finding is logged at
 * its level. The {@code observability} endpoint asks them again for each request.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Findings {

	/**
	 * Return the current findings.
	 * @return the findings, none if all is well
	 */
	List<Finding> find();

}
