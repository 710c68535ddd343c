/**
 * Tests of the library as a whole.
 */
@NullMarked
package io.flowforge.observability;

import org.jspecify.annotations.NullMarked;
