package io.flowforge.launcher.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import io.flowforge.launcher.Repository;

/**
 * The templates of Alertmanager's messages: those of {@code alertmanager/templates}, with
 * the addresses of this stack, and of {@code alertmanager/links} what fits it.
 */
final class MessageTemplates {

	private static final String FOLDER = "alertmanager/templates";

	private final Repository repository;

	private final Links links;

	private MessageTemplates(Repository repository, Links links) {
		this.repository = repository;
		this.links = links;
	}

	/**
	 * Put the templates together.
	 * @param repository where the files are
	 * @param links where links lead
	 * @return the text of each file by its name
	 */
	static Map<String, String> assemble(Repository repository, Links links) {
		return new MessageTemplates(repository, links).assemble();
	}

	private Map<String, String> assemble() {
		Path folder = this.repository.file(FOLDER);
		Map<String, String> templates = new TreeMap<>();
		PrivateFiles.list(folder)
			.forEach((file) -> templates.put(file.toString(), TextFile.read(folder.resolve(file))));
		boolean grafana = !this.links.grafana().isEmpty();
		if (!grafana) {
			templates.put("dashboard.tmpl", alternative("dashboard-prometheus"));
		}
		String pages = this.links.explore() ? "" : "-panel";
		choose(templates, "logs", grafana && !this.links.loki().isEmpty(), pages, !this.links.victoriaLogs().isEmpty()
				? "-victorialogs" : this.links.logLines().isEmpty() ? "" : "-inbox");
		choose(templates, "traces", grafana && !this.links.tempo().isEmpty(), pages,
				this.links.zipkin().isEmpty() ? "" : "-zipkin");
		templates.computeIfPresent("addresses.tmpl", (file, text) -> addresses(text));
		return templates;
	}

	private void choose(Map<String, String> templates, String link, boolean grafana, String pages, String standIn) {
		String variant = grafana ? pages : standIn;
		if (!variant.isEmpty()) {
			templates.put(link + ".tmpl", alternative(link + variant));
		}
		else if (!grafana) {
			templates.put(link + ".tmpl", "{{ define \"flowforge.link.%s\" }}{{ end }}%n".formatted(link));
		}
	}

	private String alternative(String name) {
		return TextFile.read(this.repository.file("alertmanager/links/%s.tmpl".formatted(name)));
	}

	private String addresses(String text) {
		StringBuilder addresses = new StringBuilder();
		text.lines().map(this::address).forEach((line) -> addresses.append(line).append('\n'));
		return addresses.toString();
	}

	private String address(String line) {
		if (!line.startsWith("{{ define ")) {
			return line;
		}
		String name = line.split("\"")[1].replaceFirst(".*[.]", "");
		return switch (name) {
			case "grafana" -> replaced(line, Links.STANDARD.grafana(), this.links.grafana()).replace(
					"\"%s\"".formatted(Links.STANDARD.organisation()), "\"%s\"".formatted(this.links.organisation()));
			case "loki" -> replaced(line, "\"loki\" \"loki\"", uid("loki", this.links.loki()));
			case "tempo" -> replaced(line, "\"tempo\" \"tempo\"", uid("tempo", this.links.tempo()));
			case "zipkin" -> replaced(line, Links.STANDARD.zipkin(), this.links.zipkin());
			case "victorialogs" -> replaced(line, Links.STANDARD.victoriaLogs(), this.links.victoriaLogs());
			case "loglines" -> replaced(line, Links.STANDARD.logLines(), this.links.logLines());
			case "prometheus" -> replaced(line, Links.STANDARD.prometheus(), this.links.prometheus());
			case "alertmanager" -> replaced(line, Links.STANDARD.alertmanager(), this.links.alertmanager());
			default -> line;
		};
	}

	private static String uid(String type, String uid) {
		return uid.isEmpty() ? "" : "\"%s\" \"%s\"".formatted(type, uid);
	}

	// A template that writes nothing stands for what is not there.
	private static String replaced(String line, String standard, String actual) {
		return actual.isEmpty() ? line.substring(0, line.indexOf("}}") + 2) + "{{ end }}"
				: line.replace(standard, actual);
	}

}
