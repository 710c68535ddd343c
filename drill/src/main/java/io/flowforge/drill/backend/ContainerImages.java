package io.flowforge.drill.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The images that {@code stack/compose.yaml} names.
 */
final class ContainerImages {

	/** An innermost {@code ${NAME:-default}}. */
	private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+):-([^${}]*)}");

	private final Map<String, Map<String, Object>> services;

	private final UnaryOperator<String> variables;

	private ContainerImages(Map<String, Map<String, Object>> services, UnaryOperator<String> variables) {
		this.services = services;
		this.variables = variables;
	}

	static ContainerImages of(Repository repository) {
		try {
			return of(Files.readString(repository.file("stack/compose.yaml")),
					(name) -> System.getenv().getOrDefault(name, ""));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Read the images of a file.
	 * @param compose the file's text
	 * @param variables the value of a variable; empty if it is not set
	 * @return the images
	 */
	static ContainerImages of(String compose, UnaryOperator<String> variables) {
		Map<String, Map<String, Map<String, Object>>> file = new Yaml(new SafeConstructor(new LoaderOptions()))
			.load(compose);
		return new ContainerImages(file.getOrDefault("services", Map.of()), variables);
	}

	/**
	 * The image of a service.
	 * @param service the service
	 * @return its image, with the values of variables
	 */
	String of(String service) {
		Object image = this.services.getOrDefault(service, Map.of()).get("image");
		if (image == null) {
			throw new StackException("stack/compose.yaml has no image for %s.".formatted(service));
		}
		String expanded = image.toString();
		Matcher variable = VARIABLE.matcher(expanded);
		while (variable.find()) {
			String value = this.variables.apply(variable.group(1));
			expanded = expanded.substring(0, variable.start()) + (value.isEmpty() ? variable.group(2) : value)
					+ expanded.substring(variable.end());
			variable = VARIABLE.matcher(expanded);
		}
		return expanded;
	}

}
