/**
 * Tail sampling: exports the unsampled traces of requests that failed or were slow.
 */
@NullMarked
package io.flowforge.observability.tracing.sampling;

import org.jspecify.annotations.NullMarked;
