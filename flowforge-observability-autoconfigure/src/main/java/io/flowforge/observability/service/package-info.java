/**
 * Who this service is and what it promises. The ground floor: every other concern may use
 * it, and it uses none of them.
 */
@NullMarked
package io.flowforge.observability.service;

import org.jspecify.annotations.NullMarked;
