/**
 * The starter beside the other libraries that a service has.
 */
@NullMarked
package io.flowforge.observability.integration;

import org.jspecify.annotations.NullMarked;
