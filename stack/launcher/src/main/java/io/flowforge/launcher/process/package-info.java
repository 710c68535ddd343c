/**
 * Programs on this machine: finding them, running them to their end, and servers that
 * outlive the command that started them.
 */
@NullMarked
package io.flowforge.launcher.process;

import org.jspecify.annotations.NullMarked;
