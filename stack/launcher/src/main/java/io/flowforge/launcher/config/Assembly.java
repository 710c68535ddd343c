package io.flowforge.launcher.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Gathers what Prometheus, Alertmanager and Loki run on, as it stands in the repository,
 * and has their own tools check it. The result, {@code assembled} in the folder of each,
 * comes into use by {@link #apply}.
 */
public final class Assembly {

	private static final List<String> PARTS = List.of("prometheus", "alertmanager", "loki");

	// Folders of stack/prometheus with a file for each part that may run.
	private static final List<String> PART_FOLDERS = List.of("alertmanagers", "collectors", "backends");

	private static final String RETIRED = "prometheus/retired.yml";

	private final AssemblyRequest request;

	private final Repository repository;

	private final Path data;

	private final Instant now;

	private Assembly(AssemblyRequest request, Instant now) {
		this.request = request;
		this.repository = request.repository();
		this.data = request.dataFolder();
		this.now = now;
	}

	/**
	 * Assemble and check. What was assembled before stays as it is if anything is wrong.
	 * @param request what to assemble
	 * @return the targets that Prometheus is going to watch
	 * @throws StackException if a file, a value or the result is not as it should be
	 */
	public static Targets assemble(AssemblyRequest request) {
		return assemble(request, Clock.systemUTC());
	}

	static Targets assemble(AssemblyRequest request, Clock clock) {
		return new Assembly(request, clock.instant()).assemble();
	}

	/**
	 * Bring what was assembled into use: {@code config} in the folder of each part
	 * becomes the same, with every duration shortened. A file that stays as it was is not
	 * touched, and one that changes is never seen half-written: Prometheus watches its
	 * target files.
	 * @param dataFolder the stack's data folder
	 * @param scale how fast the alerting is to run
	 * @return what has changed
	 * @throws StackException if nothing has been assembled yet
	 */
	public static AppliedChanges apply(Path dataFolder, TimeScale scale) {
		return AppliedConfiguration.apply(dataFolder, PARTS, scale);
	}

	private Targets assemble() {
		Links links = this.request.links();
		Targets targets = Targets.read(this.repository, this.request.targetFolders(), this.request.samples());
		RetiredServices retired = retired(targets.instances().keySet());
		PARTS.forEach((part) -> PrivateFiles.delete(folder(part)));
		try {
			writePrometheus(links, targets, retired);
			writeAlertmanager(links);
			writeLoki(links);
			this.request.files().forEach((path, text) -> {
				int slash = path.indexOf('/');
				PrivateFiles.write(folder(path.substring(0, slash)).resolve(path.substring(slash + 1)), text);
			});
			// What has passed before passes again, and the tools take seconds in
			// containers.
			if (!PARTS.stream().allMatch(this::isAsBefore)) {
				check(targets);
			}
			// First: were it lost, a service would have vanished that somebody has
			// removed.
			PrivateFiles.write(this.data.resolve(RETIRED), retired.text());
			PARTS.forEach((part) -> PrivateFiles.move(folder(part), this.data.resolve(part).resolve("assembled")));
		}
		finally {
			PARTS.forEach((part) -> PrivateFiles.delete(folder(part)));
		}
		return targets;
	}

	private boolean isAsBefore(String part) {
		Path before = this.data.resolve(part).resolve("assembled");
		if (!Files.isDirectory(before)) {
			return false;
		}
		List<Path> files = PrivateFiles.list(folder(part));
		return files.equals(PrivateFiles.list(before)) && files.stream()
			.allMatch((file) -> TextFile.read(before.resolve(file)).equals(TextFile.read(folder(part).resolve(file))));
	}

	// Beside what is in use.
	private Path folder(String part) {
		return this.data.resolve(part).resolve("assembled.new");
	}

	private RetiredServices retired(Collection<Service> services) {
		Path state = this.data.resolve(RETIRED);
		return RetiredServices.parse(Files.exists(state) ? TextFile.read(state) : "")
			.next(servicesOfTheLastTime(), services, this.now);
	}

	// A folder that somebody has damaged must not be in the way of a new one.
	private Collection<Service> servicesOfTheLastTime() {
		try {
			return Targets.read(this.repository, List.of(this.data.resolve("prometheus/assembled/targets")), true)
				.instances()
				.keySet();
		}
		catch (StackException ex) {
			return List.of();
		}
	}

	private void writePrometheus(Links links, Targets targets, RetiredServices retired) {
		Path folder = folder("prometheus");
		Addresses addresses = this.request.addresses();
		for (String name : List.of("rules", "targets", "alertmanagers", "collectors", "backends")) {
			PrivateFiles.createFolder(folder.resolve(name));
		}
		for (Path file : this.repository.yamlFiles("prometheus-rules")) {
			String name = file.getFileName().toString();
			PrivateFiles.write(folder.resolve("rules").resolve(name),
					links.inRules("prometheus-rules/" + name, TextFile.read(file)));
		}
		if (!retired.since().isEmpty()) {
			PrivateFiles.write(folder.resolve("rules/retired.yml"), retired.rules());
		}
		PrivateFiles.write(folder.resolve("prometheus.yml"),
				withLimits(withPartAddresses(addresses, this.repository.file("stack/prometheus/prometheus.yml"))));
		PrivateFiles.write(folder.resolve("flags"), TextFile.read(this.repository.file("stack/prometheus/flags")));
		targets.translated(addresses::ofService)
			.forEach((name, text) -> PrivateFiles.write(folder.resolve("targets").resolve(name), text));
		for (String name : PART_FOLDERS) {
			for (Path file : this.repository.yamlFiles("stack/prometheus/" + name)) {
				String fileName = file.getFileName().toString();
				if (this.request.parts().contains(fileName.replaceFirst("\\.yml$", ""))) {
					PrivateFiles.write(folder.resolve(name).resolve(fileName), withPartAddresses(addresses, file));
				}
			}
		}
	}

	private String withPartAddresses(Addresses addresses, Path file) {
		YamlText yaml = YamlText.parse(this.repository.root().relativize(file).toString(), TextFile.read(file));
		TargetFile.translate(yaml, yaml.root(), addresses::ofPart);
		return yaml.print();
	}

	private String withLimits(String prometheus) {
		YamlText yaml = YamlText.parse("stack/prometheus/prometheus.yml", prometheus);
		for (Node job : YamlText.items(YamlText.get(yaml.root(), "scrape_configs"))) {
			this.request.limits().forEach((key, limit) -> {
				if (YamlText.get(job, key) instanceof ScalarNode scalar) {
					yaml.replace(scalar, limit);
				}
			});
		}
		return yaml.print();
	}

	private void writeAlertmanager(Links links) {
		PrivateFiles.write(folder("alertmanager").resolve("alertmanager.yml"),
				this.request.warningsOffHours()
					.in(AlertmanagerConfiguration.assemble(this.repository, this.request.notifications(),
							this.request.muted())));
		Path templates = folder("alertmanager").resolve("templates");
		MessageTemplates.assemble(this.repository, links)
			.forEach((name, text) -> PrivateFiles.write(templates.resolve(name), text));
	}

	private void writeLoki(Links links) {
		PrivateFiles.createFolder(folder("loki"));
		Path rules = this.repository.file("stack/loki/rules");
		for (Path file : PrivateFiles.list(rules)) {
			PrivateFiles.write(folder("loki").resolve(file),
					links.inRules("stack/loki/rules/" + file, TextFile.read(rules.resolve(file))));
		}
	}

	private void check(Targets targets) {
		ConfigurationCheck check = new ConfigurationCheck(this.request.checker(), (said) -> named(said, targets));
		check.run("prometheus", folder("prometheus"), "promtool", "check", "config", "prometheus.yml");
		check.run("alertmanager", folder("alertmanager"), "amtool", "check-config", "alertmanager.yml");
	}

	private static String named(String said, Targets targets) {
		String named = said;
		for (Map.Entry<String, String> name : targets.sources().entrySet()) {
			named = ConfigurationCheck.renamed(named, "targets/" + name.getKey(), name.getValue());
		}
		for (String name : List.of("prometheus.yml", "alertmanagers/", "collectors/", "backends/")) {
			named = ConfigurationCheck.renamed(named, name, "stack/prometheus/" + name);
		}
		named = ConfigurationCheck.renamed(named, "rules/", "prometheus-rules/");
		for (String name : List.of("alertmanager.yml", "templates/")) {
			named = ConfigurationCheck.renamed(named, name, "alertmanager/" + name);
		}
		return named;
	}

	/**
	 * What has come into use.
	 *
	 * @param parts which of {@code prometheus}, {@code alertmanager} and {@code loki}
	 * have something new to load
	 * @param flags whether the flags of Prometheus are others, which it reads only when
	 * it starts
	 */
	public record AppliedChanges(Set<String> parts, boolean flags) {

	}

}
