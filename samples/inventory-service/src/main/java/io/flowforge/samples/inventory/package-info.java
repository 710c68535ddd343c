/**
 * A service that knows what is in stock.
 */
@NullMarked
package io.flowforge.samples.inventory;

import org.jspecify.annotations.NullMarked;
