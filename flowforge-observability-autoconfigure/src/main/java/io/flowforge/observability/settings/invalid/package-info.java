/**
 * Properties of this library whose values cannot be used.
 */
@NullMarked
package io.flowforge.observability.settings.invalid;

import org.jspecify.annotations.NullMarked;
