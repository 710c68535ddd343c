/**
 * The one name of a service, the same for its metrics, traces and logs.
 */
@NullMarked
package io.flowforge.observability.identity.name;

import org.jspecify.annotations.NullMarked;
