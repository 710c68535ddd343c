/**
 * A service that takes orders.
 */
@NullMarked
package io.flowforge.samples.orders;

import org.jspecify.annotations.NullMarked;
