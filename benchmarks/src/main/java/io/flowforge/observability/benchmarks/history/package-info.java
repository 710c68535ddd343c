/**
 * A history of Prometheus that it has not scraped itself.
 */
@NullMarked
package io.flowforge.observability.benchmarks.history;

import org.jspecify.annotations.NullMarked;
