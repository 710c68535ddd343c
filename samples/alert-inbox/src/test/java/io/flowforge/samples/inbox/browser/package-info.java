/**
 * The page in a real browser, before a real Prometheus and a real Alertmanager.
 */
@NullMarked
package io.flowforge.samples.inbox.browser;

import org.jspecify.annotations.NullMarked;
