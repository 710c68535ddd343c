/**
 * Exemplars: which trace a sample of a metric leads to.
 */
@NullMarked
package io.flowforge.observability.tracing.exemplars;

import org.jspecify.annotations.NullMarked;
