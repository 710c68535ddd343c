package io.flowforge.launcher.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;

/**
 * The services that Prometheus is to watch, as target files say: checked, since a mistake
 * in one of them would be an alert at night or, worse, none.
 */
public final class Targets {

	/** The only one of these files whose services are a part of the stack. */
	private static final String SAMPLES = "stack/prometheus/targets/samples.yml";

	private final SortedMap<String, TargetFile> files = new TreeMap<>();

	private final SortedMap<Service, List<String>> instances = new TreeMap<>();

	private Targets() {
	}

	/**
	 * Read and check all target files of some folders.
	 * @param repository whose files are named relative to it in messages
	 * @param folders the folders; one that is not there has no files
	 * @param samples whether the sample services are among the targets
	 * @return the targets
	 * @throws StackException if something in them is wrong
	 */
	public static Targets read(Repository repository, List<Path> folders, boolean samples) {
		Targets targets = new Targets();
		Map<String, String> places = new HashMap<>();
		for (Path folder : folders) {
			refuseFilesThatNobodyReads(repository, folder);
			for (Path file : Repository.yamlFiles(folder)) {
				String name = shown(repository, file);
				if (samples || !name.equals(SAMPLES)) {
					targets.add(file, name, places);
				}
			}
		}
		return targets;
	}

	private static void refuseFilesThatNobodyReads(Repository repository, Path folder) {
		if (!Files.isDirectory(folder)) {
			return;
		}
		try (Stream<Path> files = Files.list(folder)) {
			files.filter((file) -> file.toString().matches(".*\\.(yaml|json)"))
				.sorted()
				.findFirst()
				.ifPresent((file) -> {
					throw new StackException("%s is not read: write YAML, and give the file a name that ends in .yml."
						.formatted(shown(repository, file)));
				});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String shown(Repository repository, Path file) {
		Path path = file.toAbsolutePath().normalize();
		Path root = repository.root().toAbsolutePath().normalize();
		return (path.startsWith(root) ? root.relativize(path) : path).toString();
	}

	private void add(Path path, String name, Map<String, String> places) {
		TargetFile file = TargetFile.parse(name, TextFile.read(path));
		TargetFile other = this.files.put(path.getFileName().toString(), file);
		if (other != null) {
			throw new StackException(
					"%s and %s have the same name: give one of them another.".formatted(other.name(), file.name()));
		}
		for (TargetFile.Entry entry : file.entries()) {
			for (String address : entry.addresses()) {
				String place = places.put(address.replace("127.0.0.1:", "localhost:"), entry.where());
				if (place != null) {
					throw new StackException("%s: %s is a target already, of %s: remove one of the two."
						.formatted(entry.where(), address, place));
				}
			}
			this.instances.computeIfAbsent(entry.service(), (service) -> new ArrayList<>()).addAll(entry.addresses());
		}
	}

	/**
	 * The services with their instances.
	 * @return the addresses of the instances, as this machine reaches them, by service
	 */
	public SortedMap<Service, List<String>> instances() {
		return this.instances;
	}

	/**
	 * The files as Prometheus is to read them.
	 * @param address the address that Prometheus reaches an instance at
	 * @return their texts by the names of the files
	 */
	SortedMap<String, String> translated(UnaryOperator<String> address) {
		SortedMap<String, String> texts = new TreeMap<>();
		this.files.forEach((name, file) -> texts.put(name, file.translated(address)));
		return texts;
	}

	/**
	 * Where the files come from.
	 * @return their paths as people know them, by their names
	 */
	SortedMap<String, String> sources() {
		SortedMap<String, String> sources = new TreeMap<>();
		this.files.forEach((name, file) -> sources.put(name, file.name()));
		return sources;
	}

}
