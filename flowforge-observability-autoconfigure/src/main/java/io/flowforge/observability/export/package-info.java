/**
 * Sends spans and log records, and says whether they arrive.
 */
@NullMarked
package io.flowforge.observability.export;

import org.jspecify.annotations.NullMarked;
