package io.flowforge.observability;

/**
 * Something about a service's settings that its owner should know.
 *
 * @param subject the property, variable or bean that it is about
 * @param message what is the matter and what to do, in one or two sentences
 * @since 0.1.0
 */
public record Finding(String subject, String message) {

}
