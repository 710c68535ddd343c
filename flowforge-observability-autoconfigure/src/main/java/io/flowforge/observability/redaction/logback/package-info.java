/**
 * Keeps secrets and forged lines out of the consoles and log files that Logback writes.
 */
@NullMarked
package io.flowforge.observability.redaction.logback;

import org.jspecify.annotations.NullMarked;
