package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The repository's own configuration with this run's addresses, and with every duration
 * shortened by {@code stack/timescale}.
 */
final class AssembledConfiguration {

	/**
	 * Five minutes become 15 seconds, and a scrape may take half of one: less, and a busy
	 * machine's services look dead.
	 */
	static final int FACTOR = 20;

	private final Path folder;

	AssembledConfiguration(Path folder) {
		this.folder = folder;
	}

	/**
	 * Assemble the folder that Alertmanager runs on.
	 * @param http the inbox's address, as Alertmanager reaches it
	 * @param smtp host and port of the mail server, as Alertmanager reaches it
	 * @return the folder
	 */
	Path alertmanager(String http, String smtp) {
		String rendered = Program
			.run(Repository.file("alertmanager"),
					Map.of("FLOWFORGE_SMTP_SMARTHOST", smtp, "FLOWFORGE_WATCHDOG_URL", http + "/watchdog"), "",
					Repository.file("alertmanager/render").toString(), "slack-email")
			.orElseThrow();
		write("alertmanager/alertmanager.yml", shortened(rendered));
		write("alertmanager/secrets/slack-api-url", http + "/slack/webhook");
		write("alertmanager/secrets/slack-bot-token", "");
		for (String template : List.of("common", "slack", "email")) {
			String file = "alertmanager/templates/%s.tmpl".formatted(template);
			copy(file, file, UnaryOperator.identity());
		}
		return this.folder.resolve("alertmanager");
	}

	/**
	 * Assemble the folder that Prometheus runs on.
	 * @param addresses by the address in the repository's files, that of this run
	 * @return the folder
	 */
	Path prometheus(Map<String, String> addresses) {
		UnaryOperator<String> readdressed = (text) -> {
			for (Map.Entry<String, String> address : addresses.entrySet()) {
				text = text.replace(address.getKey(), address.getValue());
			}
			return text;
		};
		copy("stack/prometheus/prometheus.yml", "prometheus/prometheus.yml", AssembledConfiguration::shortened);
		copy("stack/prometheus/flags", "prometheus/flags", AssembledConfiguration::shortened);
		for (Path rules : Repository.yamlFiles("prometheus-rules")) {
			copy("prometheus-rules/" + rules.getFileName(), "prometheus/rules/" + rules.getFileName(),
					AssembledConfiguration::shortened);
		}
		for (String kind : new String[] { "targets", "alertmanagers" }) {
			for (Path file : Repository.yamlFiles("stack/prometheus/processes/" + kind)) {
				copy("stack/prometheus/processes/%s/%s".formatted(kind, file.getFileName()),
						"prometheus/%s/%s".formatted(kind, file.getFileName()), readdressed);
			}
		}
		return this.folder.resolve("prometheus");
	}

	/**
	 * Assemble the folder that Loki runs on.
	 * @return the folder, with its rules in {@code rules}
	 */
	Path loki() {
		copy("stack/loki/config.yaml", "loki/config.yaml", AssembledConfiguration::shortened);
		for (Path rules : Repository.yamlFiles("stack/loki/rules/fake")) {
			copy("stack/loki/rules/fake/" + rules.getFileName(), "loki/rules/fake/" + rules.getFileName(),
					AssembledConfiguration::shortened);
		}
		return this.folder.resolve("loki");
	}

	private void copy(String source, String target, UnaryOperator<String> change) {
		try {
			write(target, change.apply(Files.readString(Repository.file(source))));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void write(String path, String text) {
		try {
			Path file = this.folder.resolve(path);
			Files.createDirectories(file.getParent());
			Files.writeString(file, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String shortened(String text) {
		return Program
			.run(Repository.file("stack"), Map.of(), text, Repository.file("stack/timescale").toString(),
					String.valueOf(FACTOR))
			.orElseThrow();
	}

}
