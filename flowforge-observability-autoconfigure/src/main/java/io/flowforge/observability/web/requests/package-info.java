/**
 * What becomes of each request: judged once, when the container is done with it, and
 * counted.
 */
@NullMarked
package io.flowforge.observability.web.requests;

import org.jspecify.annotations.NullMarked;
