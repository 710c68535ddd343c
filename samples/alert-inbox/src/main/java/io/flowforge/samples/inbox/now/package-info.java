/**
 * What is pending, firing, muted, silenced and inhibited now, as Prometheus and
 * Alertmanager see it; and silences.
 */
@NullMarked
package io.flowforge.samples.inbox.now;

import org.jspecify.annotations.NullMarked;
