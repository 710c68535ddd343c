/**
 * Stands in for Slack and for a mailbox, and shows what people would see there.
 */
@NullMarked
package io.flowforge.samples.inbox;

import org.jspecify.annotations.NullMarked;
