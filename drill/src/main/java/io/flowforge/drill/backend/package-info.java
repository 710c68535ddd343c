/**
 * Prometheus and Alertmanager for a drill or a test, on the repository's own
 * configuration.
 */
@NullMarked
package io.flowforge.drill.backend;

import org.jspecify.annotations.NullMarked;
