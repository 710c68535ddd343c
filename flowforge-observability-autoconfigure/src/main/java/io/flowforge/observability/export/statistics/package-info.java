/**
 * How many spans and log records are exported, failed, dropped or waiting.
 */
@NullMarked
package io.flowforge.observability.export.statistics;

import org.jspecify.annotations.NullMarked;
