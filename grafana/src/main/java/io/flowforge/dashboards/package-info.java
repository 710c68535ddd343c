/**
 * Grafana's dashboards, as code. {@code grafana/dashboards} is written from here by
 * {@code make docs}, and a test compares.
 */
@NullMarked
package io.flowforge.dashboards;

import org.jspecify.annotations.NullMarked;
