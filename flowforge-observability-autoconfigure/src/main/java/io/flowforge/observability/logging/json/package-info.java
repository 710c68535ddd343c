/**
 * The console in the Elastic Common Schema.
 */
@NullMarked
package io.flowforge.observability.logging.json;

import org.jspecify.annotations.NullMarked;
