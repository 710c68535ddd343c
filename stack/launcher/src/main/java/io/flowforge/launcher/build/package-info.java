/**
 * What has to be built before the stack can start: the samples, the Collector.
 */
@NullMarked
package io.flowforge.launcher.build;

import org.jspecify.annotations.NullMarked;
