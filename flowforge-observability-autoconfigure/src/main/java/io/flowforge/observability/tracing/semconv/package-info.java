/**
 * Describes HTTP requests in their spans by OpenTelemetry's semantic conventions.
 */
@NullMarked
package io.flowforge.observability.tracing.semconv;

import org.jspecify.annotations.NullMarked;
