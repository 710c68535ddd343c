package io.flowforge.observability.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Annotation for a {@code @SpringBootTest} class that captures the application's spans,
 * log records and metrics in memory. Tests check them with the {@link CapturedTelemetry}
 * bean, which is emptied before each test method.
 * <p>
 * Nothing is exported, whatever the properties of the application or of the test say: the
 * exporters of the application, its own included, are replaced. All requests are sampled
 * unless a property of the test class sets
 * {@code management.tracing.sampling.probability}; a value in the application's
 * configuration files is overridden.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureTelemetryCapture {

}
