/**
 * Starts the stack and ends it: the commands behind {@code make dev}, {@code make watch}
 * and the like.
 */
@NullMarked
package io.flowforge.launcher;

import org.jspecify.annotations.NullMarked;
