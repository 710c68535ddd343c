/**
 * Histogram boundaries of the request metrics.
 */
@NullMarked
package io.flowforge.observability.metrics;

import org.jspecify.annotations.NullMarked;
