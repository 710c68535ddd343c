/**
 * Sends OTLP over HTTP: one connection for each exporter, on the thread that exports.
 */
@NullMarked
package io.flowforge.observability.export.http;

import org.jspecify.annotations.NullMarked;
