package io.flowforge.observability;

import java.util.List;

/**
 * Looks for what is worth knowing about a service's settings. Asked by the
 * {@code observability} endpoint, which shows the findings of all such beans.
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
