/**
 * What a stack consists of, and where it keeps its files.
 */
@NullMarked
package io.flowforge.launcher.layout;

import org.jspecify.annotations.NullMarked;
