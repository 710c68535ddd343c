package io.flowforge.observability.settings.renamed;

import java.util.Map;

/**
 * The properties of this library that have another name now. An old name works for one
 * version. {@code additional-spring-configuration-metadata.json} has the same names for
 * editors.
 */
final class RenamedProperties {

	private static final String PREFIX = "flowforge.observability.";

	/**
	 * The new name of each old one.
	 */
	static final Map<String, String> NAMES = Map.of(
	// @formatter:off
			PREFIX + "tracing.keep.enabled", PREFIX + "tracing.tail-sampling.enabled",
			PREFIX + "tracing.keep.max-spans", PREFIX + "tracing.tail-sampling.max-spans",
			PREFIX + "tracing.keep.max-age", PREFIX + "tracing.tail-sampling.max-age"
	// @formatter:on
	);

	private RenamedProperties() {
	}

}
