/**
 * Who the service is: as a bean, as OpenTelemetry resource, and as metrics.
 */
@NullMarked
package io.flowforge.observability.identity;

import org.jspecify.annotations.NullMarked;
