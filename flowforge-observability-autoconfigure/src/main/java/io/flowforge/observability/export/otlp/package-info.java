/**
 * What the OTLP exporters of the SDK do not do themselves: read the answer of a receiver,
 * and refuse an endpoint that cannot work.
 */
@NullMarked
package io.flowforge.observability.export.otlp;

import org.jspecify.annotations.NullMarked;
