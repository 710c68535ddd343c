/**
 * Properties under the library's prefix that do not exist.
 */
@NullMarked
package io.flowforge.observability.settings.unknown;

import org.jspecify.annotations.NullMarked;
