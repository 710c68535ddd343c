/**
 * The whole way, from a failing request to Slack and the mailbox, on real parts.
 */
@NullMarked
package io.flowforge.observability.systemtests;

import org.jspecify.annotations.NullMarked;
