/**
 * The service's own limits, as the metrics that the alerting rules compare against.
 */
@NullMarked
package io.flowforge.observability.alerting;

import org.jspecify.annotations.NullMarked;
