/**
 * Observations of the requests that the service answers, without what Micrometer makes
 * anew for each of them.
 */
@NullMarked
package io.flowforge.observability.tracing.observation;

import org.jspecify.annotations.NullMarked;
