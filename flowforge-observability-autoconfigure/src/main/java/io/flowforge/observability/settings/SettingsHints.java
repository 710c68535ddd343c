package io.flowforge.observability.settings;

import io.flowforge.observability.settings.unknown.KnownProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Takes the files that this library reads along into a native image. The class is read,
 * too: the metadata is looked for beside it.
 */
final class SettingsHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.resources()
			.registerPattern(DefaultsEnvironmentPostProcessor.FILE)
			.registerPattern(KnownProperties.METADATA)
			.registerType(KnownProperties.class);
	}

}
