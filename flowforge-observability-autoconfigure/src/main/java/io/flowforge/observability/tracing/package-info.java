/**
 * Decides which requests have spans and which traces are sampled.
 */
@NullMarked
package io.flowforge.observability.tracing;

import org.jspecify.annotations.NullMarked;
