package io.flowforge.launcher.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.layout.DataFolder;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.settings.Setting;
import io.flowforge.launcher.settings.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Parts in containers, by Docker Compose and {@code stack/compose.yaml}.
 */
final class ComposeRuntime implements Runtime {

	/** As compose.yaml names it. */
	private static final String PROJECT = "flowforge";

	private static final Duration UP_TIMEOUT = Duration.ofMinutes(3);

	private static final Duration TIMEOUT = Duration.ofMinutes(1);

	private static final Duration ENGINE_TIMEOUT = Duration.ofSeconds(5);

	private final Repository repository;

	private final Settings settings;

	private final Map<String, String> environment = new TreeMap<>();

	private final Map<String, String> hashes = new TreeMap<>();

	ComposeRuntime(Repository repository, DataFolder data, Settings settings) {
		this(repository, data, settings, (part) -> null);
	}

	ComposeRuntime(Repository repository, DataFolder data, Settings settings, Function<Part, @Nullable Path> jars) {
		this.repository = repository;
		this.settings = settings;
		this.environment.putAll(settings.toEnvironment());
		this.environment.put(Setting.DATA.variable(), data.path().toString());
		if (!settings.isSet(Setting.CONTAINER_USER)) {
			this.environment.put(Setting.CONTAINER_USER.variable(), user());
		}
		for (Part part : Part.wantedBy(settings)) {
			Path jar = Part.SAMPLES.contains(part) ? jars.apply(part) : null;
			if (jar != null) {
				this.environment.put(part.name() + "_JAR", jar.toString());
			}
		}
	}

	// Whose files the mounted ones are: see compose.yaml.
	private static String user() {
		Path root = Path.of("/");
		return Programs.run(root, "id", "-u").output().strip() + ":" + Programs.run(root, "id", "-g").output().strip();
	}

	/**
	 * Why containers cannot be had, if they cannot. Images that are missing are pulled.
	 * @param pullTimeout how long each image may take
	 * @param progress gets a sentence for each image that is pulled
	 * @return the reason
	 */
	Optional<String> whyNot(Duration pullTimeout, Consumer<String> progress) {
		if (Programs.find("docker").isEmpty()) {
			return Optional.of("there is no Docker");
		}
		if (!succeeds(ENGINE_TIMEOUT, "docker", "version")) {
			return Optional.of("no Docker engine answers");
		}
		if (!succeeds(ENGINE_TIMEOUT, "docker", "compose", "version")) {
			return Optional.of("Docker has no Compose plugin");
		}
		for (String image : compose(TIMEOUT, "config", "--images").orElseThrow().lines().sorted().distinct().toList()) {
			if (!succeeds(TIMEOUT, "docker", "image", "inspect", image)) {
				progress.accept("Pulling " + image + "…");
				if (!succeeds(pullTimeout, "docker", "pull", "--quiet", image)) {
					return Optional.of("the image %s cannot be pulled".formatted(image));
				}
			}
		}
		return Optional.empty();
	}

	private boolean succeeds(Duration timeout, String... command) {
		try {
			return run(timeout, List.of(command)).isSuccess();
		}
		catch (StackException ex) {
			return false;
		}
	}

	// By name, so that the profile "samples" may stay active when they are left out.
	// Compose replaces those whose definition has changed.
	@Override
	public void start(List<Part> parts) {
		if (parts.isEmpty()) {
			// Without a name, Compose would start everything.
			return;
		}
		List<String> command = new ArrayList<>(List.of("up", "--detach", "--no-deps"));
		parts.forEach((part) -> command.add(part.id()));
		if (parts.contains(Part.OTEL_COLLECTOR)) {
			command.add("otel-collector-health");
		}
		Programs.Result result = compose(UP_TIMEOUT, command.toArray(String[]::new));
		if (!result.isSuccess()) {
			throw new StackException("docker compose up failed: " + lastLine(result.output()));
		}
	}

	@Override
	public boolean isOutdated(Part part) {
		return Optional.ofNullable(containers().get(part.id()))
			.filter((container) -> container.hash.equals(hashes().get(part.id())))
			.isEmpty();
	}

	// What Compose would start, by service: asked once, since its answer takes a second.
	private Map<String, String> hashes() {
		if (this.hashes.isEmpty()) {
			compose(TIMEOUT, "config", "--hash", "*").output()
				.lines()
				.map((line) -> line.split(" "))
				.filter((words) -> words.length == 2)
				.forEach((words) -> this.hashes.put(words[0], words[1]));
		}
		return this.hashes;
	}

	// By the engine, which answers sooner than Compose.
	private Map<String, Container> containers() {
		Map<String, Container> containers = new TreeMap<>();
		run(TIMEOUT, List.of("docker", "ps", "--filter", "label=com.docker.compose.project=" + PROJECT, "--format",
				"{{.Label \"com.docker.compose.service\"}} {{.ID}} {{.Label \"com.docker.compose.config-hash\"}}"))
			.output()
			.lines()
			.map((line) -> line.split(" "))
			.filter((words) -> words.length == 3)
			.forEach((words) -> containers.put(words[0], new Container(words[1], words[2])));
		return containers;
	}

	@Override
	public void stop(Collection<Part> parts) {
		if (!parts.isEmpty()) {
			compose(TIMEOUT, Stream.concat(Stream.of("stop", "--timeout", "10"), parts.stream().map(Part::id))
				.toArray(String[]::new));
		}
	}

	@Override
	public boolean isAlive(Part part) {
		return containers().containsKey(part.id());
	}

	@Override
	public void reload(Part part) {
		compose(TIMEOUT, "kill", "--signal", "HUP", part.id()).orElseThrow();
	}

	@Override
	public String lastWords(Part part) {
		return compose(TIMEOUT, "logs", "--no-log-prefix", "--tail", "20", part.id()).output().stripTrailing();
	}

	@Override
	public Map<Part, Instance> instances(Collection<Part> parts) {
		Map<String, Container> containers = containers();
		Map<String, String> memory = new TreeMap<>();
		List<String> stats = new ArrayList<>(
				List.of("docker", "stats", "--no-stream", "--format", "{{.ID}} {{.MemUsage}}"));
		containers.values().forEach((container) -> stats.add(container.id));
		if (!containers.isEmpty()) {
			run(TIMEOUT, stats).output()
				.lines()
				.map((line) -> line.split(" ", 3))
				.filter((words) -> words.length > 1)
				.forEach((words) -> memory.put(words[0], words[1].replaceFirst("(?i)([.]\\d+)?mib", " MB")));
		}
		Map<Part, Instance> instances = new EnumMap<>(Part.class);
		for (Part part : parts) {
			Container container = containers.get(part.id());
			if (container != null) {
				instances.put(part, new Instance("container " + container.id, memory.getOrDefault(container.id, "")));
			}
		}
		return instances;
	}

	@Override
	public Programs.Result check(Part part, Path folder, List<String> command) {
		List<String> all = new ArrayList<>(List.of("run", "--rm", "--no-deps", "--no-TTY", "--volume",
				folder + ":/assembled:ro", "--workdir", "/assembled", "--entrypoint", command.get(0), part.id()));
		all.addAll(command.subList(1, command.size()));
		return compose(UP_TIMEOUT, all.toArray(String[]::new));
	}

	// Volumes are names of folders, which stay.
	@Override
	public boolean end() {
		boolean running = !containers().isEmpty();
		Programs.Result result = compose(TIMEOUT, "down", "--volumes", "--timeout", "10", "--remove-orphans");
		if (!result.isSuccess()) {
			throw new StackException("docker compose down failed: " + lastLine(result.output()));
		}
		return running;
	}

	private Programs.Result compose(Duration timeout, String... arguments) {
		List<String> command = new ArrayList<>(
				List.of("docker", "compose", "--file", this.repository.file("stack/compose.yaml").toString()));
		String profile = this.settings.get(Setting.PROFILE);
		Path variables = this.repository.root().resolve("stack/profiles/%s.env".formatted(profile));
		if (Files.exists(variables)) {
			command.addAll(List.of("--env-file", variables.toString()));
		}
		command.addAll(Arrays.asList(arguments));
		return run(timeout, command);
	}

	private Programs.Result run(Duration timeout, List<String> command) {
		return Programs.run(this.repository.root(), this.environment, "", timeout, command);
	}

	private static String lastLine(String output) {
		return output.strip().lines().reduce("", (before, line) -> line);
	}

	/**
	 * A container that runs.
	 *
	 * @param id its id
	 * @param hash what Compose made it from
	 */
	private record Container(String id, String hash) {
	}

}
