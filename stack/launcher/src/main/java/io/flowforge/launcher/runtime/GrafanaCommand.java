package io.flowforge.launcher.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.process.ServerCommand;

/**
 * How Grafana is started as a plain process.
 */
public final class GrafanaCommand {

	private GrafanaCommand() {
	}

	/**
	 * Grafana, with the dashboards and data sources of the repository.
	 * @param repository the repository
	 * @param folder the folder in which it keeps its data, with
	 * {@code secrets/admin-password}
	 * @param port its port
	 * @param rootUrl the address under which people see it
	 * @param sources addresses of Prometheus, Alertmanager, Loki and Tempo by the
	 * variables that its provisioning names
	 * @return the command
	 */
	public static ServerCommand of(Repository repository, Path folder, int port, String rootUrl,
			Map<String, String> sources) {
		Path configuration = repository.file("grafana/grafana.ini");
		Path program = Path.of(BackendCommands.program("grafana"));
		return new ServerCommand("grafana", folder,
				List.of(program.toString(), "server", "--homepath=" + home(program), "--config=" + configuration),
				environment(repository, folder, port, rootUrl, sources), BackendCommands.local(port, "/api/health"),
				List.of(configuration));
	}

	static Map<String, String> environment(Repository repository, Path folder, int port, String rootUrl,
			Map<String, String> sources) {
		Map<String, String> environment = new TreeMap<>(sources);
		environment.put("GF_SERVER_HTTP_ADDR", BackendCommands.LOOPBACK);
		environment.put("GF_SERVER_HTTP_PORT", Integer.toString(port));
		environment.put("GF_SERVER_ROOT_URL", rootUrl);
		environment.put("GF_SECURITY_ADMIN_PASSWORD",
				"$__file{%s}".formatted(folder.resolve("secrets/admin-password")));
		// Viewers may ask Loki and Tempo through their plugins only: the proxy would pass
		// on
		// any request, also one that writes.
		environment.put("GF_SECURITY_DATA_SOURCE_PROXY_WHITELIST",
				Stream.of("PROMETHEUS_URL", "ALERTMANAGER_URL")
					.map((source) -> URI.create(sources.get(source)).getAuthority())
					.collect(Collectors.joining(" ")));
		environment.put("GF_PATHS_DATA", folder.resolve("data").toString());
		environment.put("GF_PATHS_PLUGINS", folder.resolve("data/plugins").toString());
		environment.put("GF_PATHS_PROVISIONING", repository.file("grafana/provisioning").toString());
		environment.put("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH",
				repository.file("grafana/dashboards/services.json").toString());
		environment.put("DASHBOARDS_PATH", repository.file("grafana/dashboards").toString());
		return environment;
	}

	// One archive, packages and Homebrew each have a place of their own for it.
	private static Path home(Path program) {
		try {
			Path real = program.toRealPath();
			return Stream
				.of(System.getenv().getOrDefault("GF_PATHS_HOME", ""), program.resolveSibling("..").toString(),
						real.resolveSibling("..").toString(), "/usr/share/grafana", "/opt/homebrew/share/grafana",
						"/usr/local/share/grafana")
				.filter((home) -> !home.isEmpty())
				.map(Path::of)
				.filter((home) -> Files.isReadable(home.resolve("conf/defaults.ini")))
				.findFirst()
				.orElseThrow(() -> new StackException(
						"The files of Grafana are not beside %s: set GF_PATHS_HOME to the folder with conf/defaults.ini."
							.formatted(program)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
