/**
 * What the drill and the system tests share: faults, traffic, and the inbox that plays
 * Slack and the mailbox.
 */
@NullMarked
package io.flowforge.observability.systemtests;

import org.jspecify.annotations.NullMarked;
