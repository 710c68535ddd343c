package io.flowforge.launcher.runtime;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.build.SpringBootJar;
import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.ServerCommand;

/**
 * How the backends are started as plain processes, for everybody who starts them: people,
 * tests, the drill.
 */
public final class BackendCommands {

	static final String LOOPBACK = "127.0.0.1";

	// Debian has the second name.
	private static final String[] NODE_EXPORTER = { "node_exporter", "prometheus-node-exporter" };

	private BackendCommands() {
	}

	/**
	 * Prometheus, with the flags that are in a file beside its configuration.
	 * @param repository the repository
	 * @param configuration the folder with {@code prometheus.yml} and {@code flags}
	 * @param storage where it keeps its data, relative to the configuration
	 * @param port its port
	 * @param url the address under which people see it
	 * @return the command
	 */
	public static ServerCommand prometheus(Repository repository, Path configuration, String storage, int port,
			String url) {
		return new ServerCommand("prometheus", configuration,
				List.of(repository.file("stack/prometheus-with-flags").toString(), "--config.file=prometheus.yml",
						"--storage.tsdb.path=" + storage, "--web.listen-address=%s:%d".formatted(LOOPBACK, port),
						"--web.external-url=" + url, "--web.route-prefix=/"),
				Map.of(), local(port, "/-/ready"), List.of(configuration.resolve("flags")));
	}

	/**
	 * The OpenTelemetry Collector.
	 * @param program where it is
	 * @param repository the repository
	 * @param data where it keeps its data
	 * @param option the file in {@code stack/otel-collector} that changes its
	 * configuration; {@code config.yaml} for none
	 * @param healthPort the port that tells whether it is ready
	 * @param variables of its configuration
	 * @return the command
	 */
	public static ServerCommand collector(Path program, Repository repository, Path data, String option, int healthPort,
			Map<String, String> variables) {
		Path configuration = repository.file("stack/otel-collector/config.yaml");
		Path changes = repository.file("stack/otel-collector/" + option);
		Map<String, String> environment = new TreeMap<>(variables);
		environment.put("COLLECTOR_HEALTH_PORT", Integer.toString(healthPort));
		environment.put("COLLECTOR_DATA", data.toString());
		return new ServerCommand("otel-collector", data,
				List.of(program.toString(), "--config=" + configuration, "--config=" + changes), environment,
				local(healthPort, "/"), List.of(configuration, changes));
	}

	/**
	 * Loki.
	 * @param configuration its configuration
	 * @param folder the folder in which it keeps its data
	 * @param rules the folder with its rules
	 * @param port its port
	 * @param grpcPort the port that its components use among themselves
	 * @param alertmanagers addresses of the Alertmanagers, separated by commas
	 * @param remoteWrite where its ruler writes the alerts that fire
	 * @return the command
	 */
	public static ServerCommand loki(Path configuration, Path folder, Path rules, int port, int grpcPort,
			String alertmanagers, String remoteWrite) {
		return new ServerCommand("loki", folder,
				List.of(program("loki"), "-config.file=" + configuration, "-config.expand-env=true"),
				Map.of("LOKI_PORT", Integer.toString(port), "LOKI_GRPC_PORT", Integer.toString(grpcPort), "LOKI_DATA",
						folder.resolve("data").toString(), "LOKI_RULES", rules.toString(), "LOKI_ALERTMANAGERS",
						alertmanagers, "LOKI_REMOTE_WRITE", remoteWrite),
				local(port, "/ready"), List.of(configuration));
	}

	/**
	 * Tempo.
	 * @param repository the repository
	 * @param folder the folder in which it keeps its data
	 * @param port its port
	 * @param grpcPort the port that its components use among themselves
	 * @param otlpPort where it takes spans, by HTTP
	 * @param remoteWrite where it writes the metrics that it makes of spans
	 * @return the command
	 */
	public static ServerCommand tempo(Repository repository, Path folder, int port, int grpcPort, int otlpPort,
			String remoteWrite) {
		Path configuration = repository.file("stack/tempo/config.yaml");
		return new ServerCommand("tempo", folder,
				List.of(program("tempo"), "-config.file=" + configuration, "-config.expand-env=true"),
				Map.of("TEMPO_PORT", Integer.toString(port), "TEMPO_GRPC_PORT", Integer.toString(grpcPort),
						"TEMPO_OTLP_PORT", Integer.toString(otlpPort), "TEMPO_DATA", folder.toString(),
						"TEMPO_REMOTE_WRITE", remoteWrite),
				local(port, "/ready"), List.of(configuration));
	}

	/**
	 * Zipkin, which keeps what fits into its memory: with 200 bytes of attributes, some
	 * 100,000 spans.
	 * @param jar its jar
	 * @param folder its working directory
	 * @param port its port
	 * @return the command
	 */
	public static ServerCommand zipkin(Path jar, Path folder, int port) {
		List<String> command = new ArrayList<>(List.of(Programs.java(), "-Xmx320m", "-XX:+UseSerialGC",
				"-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + folder));
		command.addAll(SpringBootJar.arguments(jar));
		command.addAll(List.of("--armeria.ports[0].ip=" + LOOPBACK, "--armeria.ports[0].port=" + port,
				"--armeria.ports[0].protocols[0]=http", "--zipkin.storage.type=mem",
				"--zipkin.storage.mem.max-spans=100000"));
		return new ServerCommand("zipkin", folder, command, Map.of(), local(port, "/health"), List.of());
	}

	/**
	 * VictoriaLogs.
	 * @param program where it is
	 * @param folder the folder in which it keeps its data
	 * @param port its port
	 * @return the command
	 */
	public static ServerCommand victoriaLogs(Path program, Path folder, int port) {
		return new ServerCommand("victoria-logs", folder,
				List.of(program.toString(), "-storageDataPath=" + folder.resolve("data"),
						"-httpListenAddr=%s:%d".formatted(LOOPBACK, port), "-retentionPeriod=7d",
						"-retention.maxDiskSpaceUsageBytes=1GiB", "-memory.allowedBytes=128MiB"),
				Map.of(), local(port, "/health"), List.of());
	}

	/**
	 * node_exporter, of which the rules need nothing but the file systems.
	 * @param folder its working directory
	 * @param port its port
	 * @return the command
	 */
	public static ServerCommand nodeExporter(Path folder, int port) {
		// The default, but Debian's also leaves out /mnt and /media, where data may be.
		// On a Mac, of the volumes that share one disk, the one that is written to is
		// enough.
		String excluded = "^/(dev|proc|run|sys|var/lib/docker/.+|var/lib/containers/storage/.+|System/Volumes/[^D].*)($|/)";
		return new ServerCommand("node-exporter", folder,
				List.of(program(NODE_EXPORTER), "--collector.disable-defaults", "--collector.filesystem",
						"--collector.filesystem.mount-points-exclude=" + excluded, "--web.disable-exporter-metrics",
						"--web.listen-address=%s:%d".formatted(LOOPBACK, port)),
				Map.of(), local(port, "/"), List.of());
	}

	static boolean hasNodeExporter() {
		return Programs.find(NODE_EXPORTER).isPresent();
	}

	static String program(String... names) {
		return Programs.find(names)
			.orElseThrow(() -> new StackException(
					"%s is not on the PATH: 'stack/install' installs it, or says how.".formatted(names[0])))
			.toString();
	}

	static URI local(int port, String path) {
		return URI.create("http://%s:%d%s".formatted(LOOPBACK, port, path));
	}

}
