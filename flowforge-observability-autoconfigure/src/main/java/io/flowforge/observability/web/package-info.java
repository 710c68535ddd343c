/**
 * The servlet filters: trace ids in response headers, in request attributes and on the
 * container's own error lines.
 */
@NullMarked
package io.flowforge.observability.web;

import org.jspecify.annotations.NullMarked;
