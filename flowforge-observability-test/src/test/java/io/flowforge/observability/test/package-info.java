/**
 * Tests of the capturing and its assertions.
 */
@NullMarked
package io.flowforge.observability.test;

import org.jspecify.annotations.NullMarked;
