/**
 * The types that a service may use: its identity, findings of its own, and the names of
 * the metrics. Everything below this package serves the library itself.
 */
@NullMarked
package io.flowforge.observability;

import org.jspecify.annotations.NullMarked;
