/**
 * What Prometheus, Alertmanager and Loki run on: gathered from the repository, checked,
 * and with every duration shortened where time runs faster.
 */
@NullMarked
package io.flowforge.launcher.config;

import org.jspecify.annotations.NullMarked;
