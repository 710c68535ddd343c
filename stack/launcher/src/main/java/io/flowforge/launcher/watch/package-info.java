/**
 * Services of people's own that the stack watches.
 */
@NullMarked
package io.flowforge.launcher.watch;

import org.jspecify.annotations.NullMarked;
