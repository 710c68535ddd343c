/**
 * The application that all variants of the comparison run.
 */
@NullMarked
package io.flowforge.observability.benchmarks.application;

import org.jspecify.annotations.NullMarked;
