package io.flowforge.observability.systemtests;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.process.Programs;
import org.junit.jupiter.api.Assumptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * The Helm chart, as {@code helm} renders it.
 */
final class Chart {

	private static final Repository REPOSITORY = Repository.around(Path.of(""));

	private static final Path FOLDER = REPOSITORY.file("stack/kubernetes");

	private final List<Map<String, Object>> objects;

	private Chart(List<Map<String, Object>> objects) {
		this.objects = objects;
	}

	/**
	 * Render it as {@code helm install flowforge --namespace monitoring} does.
	 * @param arguments values, by {@code --values} from {@code stack/kubernetes} or by
	 * {@code --set}
	 * @return what would be created
	 */
	static Chart render(String... arguments) {
		return parse(helm("template", arguments).orElseThrow());
	}

	/**
	 * Render a package of it in the same way, with no values set.
	 * @param archive the package
	 * @return what would be created
	 */
	static Chart renderPackage(Path archive) {
		return parse(run(List.of("template", "flowforge", archive.toString(), "--namespace=monitoring")).orElseThrow());
	}

	private static Chart parse(String rendered) {
		List<Map<String, Object>> objects = new ArrayList<>();
		for (Object object : yaml().loadAll(rendered)) {
			if (object != null) {
				objects.add(map(object));
			}
		}
		return new Chart(objects);
	}

	/**
	 * Run {@code helm} on it.
	 * @param command {@code template}, {@code lint} or {@code package}
	 * @param arguments what follows the chart
	 * @return how it ended
	 */
	static Programs.Result helm(String command, String... arguments) {
		List<String> all = new ArrayList<>(List.of(command));
		all.addAll(command.equals("template") ? List.of("flowforge", "chart", "--namespace=monitoring")
				: List.of("chart"));
		all.addAll(List.of(arguments));
		return run(all);
	}

	private static Programs.Result run(List<String> arguments) {
		Path helm = Programs.find("helm").orElse(null);
		Assumptions.assumeTrue(helm != null, "helm is not on the PATH; 'stack/install --with-helm' builds it with Go");
		List<String> command = new ArrayList<>(List.of(helm.toString()));
		command.addAll(arguments);
		Programs.Result result = Programs.run(FOLDER, command.toArray(String[]::new));
		// It says of each link in the chart that it follows it.
		return new Programs.Result(result.status(),
				result.output()
					.lines()
					.filter((line) -> !line.contains("found symbolic link in path"))
					.collect(Collectors.joining("\n")));
	}

	List<Map<String, Object>> objects() {
		return this.objects;
	}

	/**
	 * What would be created of a kind.
	 * @param kind the kind
	 * @return the objects by their names
	 */
	List<Map<String, Object>> objects(String kind) {
		return this.objects.stream().filter((object) -> object.get("kind").equals(kind)).toList();
	}

	/**
	 * The one object of a kind and name.
	 * @param kind the kind
	 * @param name the name
	 * @return the object
	 */
	Map<String, Object> object(String kind, String name) {
		return objects(kind).stream()
			.filter((object) -> map(object.get("metadata")).get("name").equals(name))
			.findFirst()
			.orElseThrow(() -> new AssertionError("There is no %s %s.".formatted(kind, name)));
	}

	@SuppressWarnings("unchecked")
	static Map<String, Object> map(Object value) {
		return (Map<String, Object>) value;
	}

	@SuppressWarnings("unchecked")
	static List<Map<String, Object>> list(Object value) {
		return (List<Map<String, Object>>) value;
	}

	static Yaml yaml() {
		LoaderOptions options = new LoaderOptions();
		options.setCodePointLimit(10_000_000);
		return new Yaml(options);
	}

}
