/**
 * What the starter costs.
 */
@NullMarked
package io.flowforge.observability.benchmarks;

import org.jspecify.annotations.NullMarked;
