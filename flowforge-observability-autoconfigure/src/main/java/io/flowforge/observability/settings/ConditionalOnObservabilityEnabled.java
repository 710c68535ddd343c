package io.flowforge.observability.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;

/**
 * Matches unless {@code flowforge.observability.enabled} is {@code false}, the switch
 * that turns the whole library off.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ConditionalOnBooleanProperty(name = ConditionalOnObservabilityEnabled.PROPERTY, matchIfMissing = true)
public @interface ConditionalOnObservabilityEnabled {

	/**
	 * The name of the property.
	 */
	String PROPERTY = "flowforge.observability.enabled";

}
