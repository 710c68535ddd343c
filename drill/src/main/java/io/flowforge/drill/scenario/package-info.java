/**
 * Everything that can fail and everything that must not alarm anybody, what must come of
 * it, and the report.
 */
@NullMarked
package io.flowforge.drill.scenario;

import org.jspecify.annotations.NullMarked;
