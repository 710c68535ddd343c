/**
 * The commands, one class each: they read options, ask the other rooms, and print.
 */
@NullMarked
package io.flowforge.launcher.command;

import org.jspecify.annotations.NullMarked;
