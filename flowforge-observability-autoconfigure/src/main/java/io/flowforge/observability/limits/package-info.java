/**
 * What the service promises: the limits that alerts use, and the requests that count.
 */
@NullMarked
package io.flowforge.observability.limits;

import org.jspecify.annotations.NullMarked;
