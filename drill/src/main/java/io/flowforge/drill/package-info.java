/**
 * The drill: breaks services on purpose and shows which alerts their owners get.
 */
@NullMarked
package io.flowforge.drill;

import org.jspecify.annotations.NullMarked;
