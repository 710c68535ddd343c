package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * Backends in containers, from the images of {@code stack/compose.yaml}.
 */
final class ContainerBackends implements Backends {

	private static final String HOST = "host.docker.internal";

	private final Map<URI, Container> containers = new LinkedHashMap<>();

	/**
	 * Whether there is a Docker engine with the images. They are not pulled: a test run
	 * should not depend on a registry's good will.
	 * @return whether containers can be used
	 */
	static boolean areAvailable() {
		return DockerClientFactory.instance().isDockerAvailable() && isPresent("prometheus")
				&& isPresent("alertmanager");
	}

	private static boolean isPresent(String service) {
		String image = image(service);
		return DockerClientFactory.instance()
			.client()
			.listImagesCmd()
			.withFilter("reference", List.of(image))
			.exec()
			.stream()
			.findAny()
			.isPresent();
	}

	private static String image(String service) {
		String variable = service.toUpperCase(Locale.ROOT) + "_IMAGE";
		String chosen = System.getenv(variable);
		if (chosen != null) {
			return chosen;
		}
		try {
			String compose = Files.readString(Repository.file("stack/compose.yaml"));
			Matcher matcher = Pattern.compile("\\$\\{" + variable + ":-([^}]+)}").matcher(compose);
			if (!matcher.find()) {
				throw new IllegalStateException("stack/compose.yaml names no default for " + variable);
			}
			return matcher.group(1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public String kind() {
		return "containers (%s, %s)".formatted(image("prometheus"), image("alertmanager"));
	}

	@Override
	public String thisMachine() {
		return HOST;
	}

	// Containers reach this machine through their bridge.
	@Override
	public String bindAddress() {
		return "0.0.0.0";
	}

	@Override
	public URI startAlertmanager(Path configuration) {
		return start("alertmanager", 9093, configuration,
				(container) -> container.withCommand("--config.file=alertmanager.yml", "--storage.path=/alertmanager",
						"--cluster.listen-address="));
	}

	@Override
	public URI startPrometheus(Path configuration) {
		String launcher = "/prometheus-with-flags";
		return start("prometheus", 9090, configuration,
				(container) -> container
					.withCopyFileToContainer(MountableFile.forHostPath(Repository.file("stack/prometheus-with-flags")),
							launcher)
					.withCreateContainerCmdModifier((command) -> command.withEntrypoint(launcher))
					.withCommand("--config.file=prometheus.yml", "--storage.tsdb.path=/prometheus"));
	}

	private URI start(String service, int port, Path configuration, Setup setup) {
		String folder = "/etc/" + service + "/assembled";
		GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(image(service)))
			.withExposedPorts(port)
			// Copied, not mounted: for a mount, Testcontainers pulls an image to try it
			// out.
			.withCopyFileToContainer(MountableFile.forHostPath(configuration), folder)
			.withWorkingDirectory(folder)
			.withExtraHost(HOST, "host-gateway")
			.waitingFor(Wait.forHttp("/-/ready").forPort(port));
		// A port that Docker chose would be another one after a restart.
		int fixedPort = Server.freePort();
		container.setPortBindings(List.of(fixedPort + ":" + port));
		setup.apply(container);
		URI address = URI.create("http://%s:%d".formatted(container.getHost(), fixedPort));
		this.containers.put(address, new Container(container, folder));
		container.start();
		return address;
	}

	@Override
	public void restart(URI backend) {
		GenericContainer<?> container = this.containers.get(backend).container;
		container.getDockerClient().restartContainerCmd(container.getContainerId()).exec();
		awaitReady(backend);
	}

	@Override
	public void crash(URI backend) {
		GenericContainer<?> container = this.containers.get(backend).container;
		container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
		container.getDockerClient().waitContainerCmd(container.getContainerId()).start().awaitStatusCode();
		container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
		awaitReady(backend);
	}

	private static void awaitReady(URI backend) {
		Waiting.until(backend + " being ready again", Duration.ofMinutes(1), () -> isReady(backend), Waiting.SILENTLY);
	}

	private static Optional<Boolean> isReady(URI backend) {
		try {
			Http.get(backend.resolve("/-/ready"));
			return Optional.of(true);
		}
		catch (UncheckedIOException ex) {
			return Optional.empty();
		}
	}

	@Override
	public void reload(URI backend) {
		GenericContainer<?> container = this.containers.get(backend).container;
		container.getDockerClient().killContainerCmd(container.getContainerId()).withSignal("HUP").exec();
	}

	@Override
	public void write(URI backend, String path, String text) {
		Container container = this.containers.get(backend);
		container.container.copyFileToContainer(Transferable.of(text), container.configuration + "/" + path);
	}

	@Override
	public void close() {
		this.containers.values().forEach((container) -> container.container.close());
	}

	private record Container(GenericContainer<?> container, String configuration) {

	}

	@FunctionalInterface
	private interface Setup {

		void apply(GenericContainer<?> container);

	}

}
