/**
 * What a request leaves besides its span: trace ids in response headers and in the
 * container's log.
 */
@NullMarked
package io.flowforge.observability.web;

import org.jspecify.annotations.NullMarked;
