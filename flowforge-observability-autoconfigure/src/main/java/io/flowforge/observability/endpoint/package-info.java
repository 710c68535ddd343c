/**
 * The {@code observability} endpoint, which describes all of the above.
 */
@NullMarked
package io.flowforge.observability.endpoint;

import org.jspecify.annotations.NullMarked;
