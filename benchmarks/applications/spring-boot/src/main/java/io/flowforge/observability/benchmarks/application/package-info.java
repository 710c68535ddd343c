/**
 * What Spring Boot's starter leaves to its users.
 */
@NullMarked
package io.flowforge.observability.benchmarks.application;

import org.jspecify.annotations.NullMarked;
