/**
 * What runs beside this library and limits what it can do: other versions of Spring Boot,
 * other web frameworks, logging libraries, containers and agents. Looks at the class path
 * and the environment only.
 */
@NullMarked
package io.flowforge.observability.settings.neighbours;

import org.jspecify.annotations.NullMarked;
