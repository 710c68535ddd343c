/**
 * Whether Slack takes the messages.
 */
@NullMarked
package io.flowforge.launcher.slack;

import org.jspecify.annotations.NullMarked;
