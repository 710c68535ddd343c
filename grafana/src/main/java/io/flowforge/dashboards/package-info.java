/**
 * Grafana's dashboards as code. {@code make docs} writes them to
 * {@code grafana/dashboards}.
 */
@NullMarked
package io.flowforge.dashboards;

import org.jspecify.annotations.NullMarked;
