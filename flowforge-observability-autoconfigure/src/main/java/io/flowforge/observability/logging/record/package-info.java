/**
 * OpenTelemetry log records, made of Logback's events.
 */
@NullMarked
package io.flowforge.observability.logging.record;

import org.jspecify.annotations.NullMarked;
