/**
 * The access log: events of requests that the container has served.
 */
@NullMarked
package io.flowforge.observability.web.accesslog;

import org.jspecify.annotations.NullMarked;
