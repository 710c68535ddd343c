/**
 * Which spans are kept.
 */
@NullMarked
package io.flowforge.observability.tracing;

import org.jspecify.annotations.NullMarked;
