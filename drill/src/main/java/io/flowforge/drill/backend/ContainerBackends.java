package io.flowforge.drill.backend;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.flowforge.launcher.Http;
import io.flowforge.launcher.Repository;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.config.Checker;
import io.flowforge.launcher.process.Programs;
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

	private final Repository repository;

	private final ContainerImages images;

	ContainerBackends(Repository repository) {
		this.repository = repository;
		this.images = ContainerImages.of(repository);
	}

	/**
	 * Whether there is a Docker engine with the images. They are not pulled: a test run
	 * should not depend on a registry's good will.
	 * @param repository the repository
	 * @return whether containers can be used
	 */
	static boolean areAvailable(Repository repository) {
		ContainerImages images = ContainerImages.of(repository);
		return DockerClientFactory.instance().isDockerAvailable()
				&& Stream.of("prometheus", "alertmanager").map(images::of).allMatch(ContainerBackends::isPresent);
	}

	private static boolean isPresent(String image) {
		return DockerClientFactory.instance()
			.client()
			.listImagesCmd()
			.withFilter("reference", List.of(image))
			.exec()
			.stream()
			.findAny()
			.isPresent();
	}

	@Override
	public String kind() {
		return "containers (%s, %s)".formatted(this.images.of("prometheus"), this.images.of("alertmanager"));
	}

	@Override
	public boolean areContainers() {
		return true;
	}

	@Override
	public String thisMachine() {
		return HOST;
	}

	@Override
	public String ownAddress(int port) {
		return "localhost:9090";
	}

	// Containers reach this machine through their bridge.
	@Override
	public String bindAddress() {
		return "0.0.0.0";
	}

	// The tools for that are in the images: a backend that cannot read its configuration
	// does not become ready.
	@Override
	public Checker checker() {
		return (folder, tool, arguments) -> new Programs.Result(0, "");
	}

	@Override
	public URI startAlertmanager(Path configuration, int port) {
		return start("alertmanager", 9093, port, configuration,
				(container) -> container.withCommand("--config.file=alertmanager.yml", "--storage.path=/alertmanager",
						"--cluster.listen-address="));
	}

	@Override
	public URI startPrometheus(Path configuration, int port) {
		String launcher = "/prometheus-with-flags";
		return start("prometheus", 9090, port, configuration,
				(container) -> container
					.withCopyFileToContainer(
							MountableFile.forHostPath(this.repository.file("stack/prometheus-with-flags")), launcher)
					.withCreateContainerCmdModifier((command) -> command.withEntrypoint(launcher))
					.withCommand("--config.file=prometheus.yml", "--storage.tsdb.path=/prometheus"));
	}

	private URI start(String service, int port, int portHere, Path configuration, Setup setup) {
		String folder = "/etc/" + service + "/assembled";
		GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(this.images.of(service)))
			.withExposedPorts(port)
			// Copied, not mounted: for a mount, Testcontainers pulls an image to try it
			// out.
			.withCopyFileToContainer(MountableFile.forHostPath(configuration), folder)
			.withWorkingDirectory(folder)
			.withExtraHost(HOST, "host-gateway")
			// The files are for nobody but their owner, who is root once they are copied.
			.withCreateContainerCmdModifier((command) -> command.withUser("0:0"))
			.waitingFor(Wait.forHttp("/-/ready").forPort(port));
		// A port that Docker chose would be another one after a restart.
		container.setPortBindings(List.of(portHere + ":" + port));
		setup.apply(container);
		URI address = URI.create("http://%s:%d".formatted(container.getHost(), portHere));
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
		Waiting.until(backend + " is not ready again", Duration.ofMinutes(1),
				() -> Http.answers(backend.resolve("/-/ready")));
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
