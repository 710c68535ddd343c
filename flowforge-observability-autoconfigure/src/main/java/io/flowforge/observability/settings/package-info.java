/**
 * The library's defaults, and the checks of what a service has set: the ground floor.
 */
@NullMarked
package io.flowforge.observability.settings;

import org.jspecify.annotations.NullMarked;
