/**
 * Faults that a sample service shows on demand.
 */
@NullMarked
package io.flowforge.samples.faults;

import org.jspecify.annotations.NullMarked;
