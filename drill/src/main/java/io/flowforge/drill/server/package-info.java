/**
 * Single servers that a drill or a test runs and breaks, and the traffic they get.
 */
@NullMarked
package io.flowforge.drill.server;

import org.jspecify.annotations.NullMarked;
