/**
 * What the tests share: a real service and a real OTLP receiver.
 */
@NullMarked
package io.flowforge.observability.testing;

import org.jspecify.annotations.NullMarked;
