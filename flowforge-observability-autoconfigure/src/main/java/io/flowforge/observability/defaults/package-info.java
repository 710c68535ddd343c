/**
 * The defaults this library gives to Spring Boot's own properties, and the check that
 * nobody sets a property of ours that does not exist.
 */
@NullMarked
package io.flowforge.observability.defaults;

import org.jspecify.annotations.NullMarked;
