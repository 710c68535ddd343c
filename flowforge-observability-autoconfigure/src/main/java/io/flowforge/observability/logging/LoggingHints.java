package io.flowforge.observability.logging;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Takes the formatter, which Spring Boot makes by the name of its class, into a native
 * image.
 */
final class LoggingHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.reflection().registerType(JsonLogFormatter.class, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
	}

}
