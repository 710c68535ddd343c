/**
 * How long the dashboards wait for Prometheus.
 */
@NullMarked
package io.flowforge.observability.benchmarks.dashboards;

import org.jspecify.annotations.NullMarked;
