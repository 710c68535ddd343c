/**
 * Properties of this library that have another name now.
 */
@NullMarked
package io.flowforge.observability.settings.renamed;

import org.jspecify.annotations.NullMarked;
