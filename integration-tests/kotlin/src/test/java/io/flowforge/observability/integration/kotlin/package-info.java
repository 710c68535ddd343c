/**
 * Tests of a service in Kotlin.
 */
@NullMarked
package io.flowforge.observability.integration.kotlin;

import org.jspecify.annotations.NullMarked;
