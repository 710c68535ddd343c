/**
 * The export pipeline of spans and log records, counting and reporting its own losses.
 */
@NullMarked
package io.flowforge.observability.telemetry;

import org.jspecify.annotations.NullMarked;
