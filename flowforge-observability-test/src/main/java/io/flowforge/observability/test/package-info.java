/**
 * What a service's own tests use to check its spans, log records and metrics.
 */
@NullMarked
package io.flowforge.observability.test;

import org.jspecify.annotations.NullMarked;
