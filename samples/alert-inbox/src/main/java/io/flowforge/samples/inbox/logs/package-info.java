/**
 * Log records that the Collector has written into a file.
 */
@NullMarked
package io.flowforge.samples.inbox.logs;

import org.jspecify.annotations.NullMarked;
