/**
 * Whether each exporter delivers, and the two lines of an outage.
 */
@NullMarked
package io.flowforge.observability.export.health;

import org.jspecify.annotations.NullMarked;
