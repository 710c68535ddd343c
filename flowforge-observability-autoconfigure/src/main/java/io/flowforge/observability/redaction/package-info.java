/**
 * Keeps secrets, and lines that only look like lines of the log, from leaving the
 * service.
 */
@NullMarked
package io.flowforge.observability.redaction;

import org.jspecify.annotations.NullMarked;
