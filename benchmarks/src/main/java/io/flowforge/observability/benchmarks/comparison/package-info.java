/**
 * What the starter costs, beside its peers.
 */
@NullMarked
package io.flowforge.observability.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
