/**
 * Logback events as OpenTelemetry log records.
 */
@NullMarked
package io.flowforge.observability.logging;

import org.jspecify.annotations.NullMarked;
