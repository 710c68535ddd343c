/**
 * The parts of the stack and how they run: as plain processes, or as containers.
 */
@NullMarked
package io.flowforge.launcher.runtime;

import org.jspecify.annotations.NullMarked;
