/**
 * Health indicators as metrics.
 */
@NullMarked
package io.flowforge.observability.health;

import org.jspecify.annotations.NullMarked;
