package io.flowforge.samples.inbox.now;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML in which every scalar is a string: 08:00 is not a number in base 60.
 */
final class Yaml {

	private Yaml() {
	}

	/**
	 * Read a mapping.
	 * @param text the YAML
	 * @return the mapping
	 * @throws IllegalArgumentException if it is something else
	 */
	static Map<?, ?> read(String text) {
		LoaderOptions options = new LoaderOptions();
		DumperOptions dumperOptions = new DumperOptions();
		try {
			return map(new org.yaml.snakeyaml.Yaml(new SafeConstructor(options), new Representer(dumperOptions),
					dumperOptions, options, new StringResolver())
				.load(text));
		}
		catch (YAMLException ex) {
			throw new IllegalArgumentException("Not YAML", ex);
		}
	}

	static Map<?, ?> map(@Nullable Object value) {
		return (value instanceof Map<?, ?> map) ? map : Map.of();
	}

	static List<?> list(@Nullable Object value) {
		return (value instanceof List<?> list) ? list : List.of();
	}

	private static final class StringResolver extends Resolver {

		@Override
		protected void addImplicitResolvers() {
		}

	}

}
