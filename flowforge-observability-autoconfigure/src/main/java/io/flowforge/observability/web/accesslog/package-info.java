/**
 * The access log: an event for each request that the container has served.
 */
@NullMarked
package io.flowforge.observability.web.accesslog;

import org.jspecify.annotations.NullMarked;
