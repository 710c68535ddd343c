/**
 * The alerts and messages that people get, and the inbox that plays Slack and the mail
 * server.
 */
@NullMarked
package io.flowforge.drill.message;

import org.jspecify.annotations.NullMarked;
