package io.flowforge.launcher.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.flowforge.launcher.StackException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A file that says where services are: a list, with {@code targets} and {@code labels} in
 * each entry.
 */
final class TargetFile {

	private static final Pattern ADDRESS = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):([0-9]+)");

	private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]");

	private static final Pattern URL = Pattern.compile("([a-z]+)://([^/]*)(/.*)?");

	private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

	private static final String EXAMPLE = "- targets: [localhost:8082]";

	private final String name;

	private final YamlText yaml;

	private TargetFile(String name, YamlText yaml) {
		this.name = name;
		this.yaml = yaml;
	}

	/**
	 * Read a file.
	 * @param name its name, as people know it
	 * @param text its text
	 * @return the file
	 * @throws StackException if it is not YAML
	 */
	static TargetFile parse(String name, String text) {
		return new TargetFile(name, YamlText.parse(name, text));
	}

	String name() {
		return this.name;
	}

	/**
	 * What the file says.
	 * @return an entry per service
	 * @throws StackException if something in it is wrong
	 */
	List<Entry> entries() {
		Node root = this.yaml.root();
		if (root == null) {
			return List.of();
		}
		if (!(root instanceof SequenceNode list)) {
			throw new StackException("%s is not a list: begin each service with '%s'.".formatted(this.name, EXAMPLE));
		}
		List<Entry> entries = new ArrayList<>();
		for (Node node : list.getValue()) {
			entries.add(entry(node, entries.size() + 1));
		}
		return entries;
	}

	private Entry entry(Node node, int number) {
		String where = "%s, entry %d".formatted(this.name, number);
		if (!(node instanceof MappingNode entry)) {
			throw new StackException(
					"%s is not an entry with targets and labels: write '%s'.".formatted(where, EXAMPLE));
		}
		refuseUnknownKeys(where, entry);
		if (!(YamlText.get(entry, "targets") instanceof SequenceNode targets) || targets.getValue().isEmpty()) {
			throw new StackException("%s has no list of targets: write '%s'.".formatted(where, EXAMPLE));
		}
		List<String> addresses = targets.getValue().stream().map((target) -> address(where, target)).toList();
		return new Entry(where, service(where, entry), addresses);
	}

	private static void refuseUnknownKeys(String where, MappingNode entry) {
		for (NodeTuple tuple : entry.getValue()) {
			String key = (tuple.getKeyNode() instanceof ScalarNode scalar) ? scalar.getValue() : "?";
			if (Set.of("application", "environment").contains(key)) {
				throw new StackException(
						"%s has '%s' beside 'labels': indent it below 'labels'.".formatted(where, key));
			}
			if (!Set.of("targets", "labels").contains(key)) {
				throw new StackException("%s has an unknown key '%s': only 'targets' and 'labels' are possible."
					.formatted(where, ShownValue.of(key)));
			}
		}
	}

	private static Service service(String where, MappingNode entry) {
		Node labels = YamlText.get(entry, "labels");
		if (labels instanceof MappingNode mapping) {
			for (NodeTuple label : mapping.getValue()) {
				refuseImpossibleLabel(where, label);
			}
		}
		return new Service(label(where, labels, "environment"), label(where, labels, "application"));
	}

	private static void refuseImpossibleLabel(String where, NodeTuple label) {
		String key = (label.getKeyNode() instanceof ScalarNode scalar) ? scalar.getValue() : "?";
		if (!LABEL.matcher(key).matches()) {
			throw new StackException("%s: '%s' is not a name for a label: use letters, digits and underscores."
				.formatted(where, ShownValue.of(key)));
		}
		if (!(label.getValueNode() instanceof ScalarNode)) {
			throw new StackException("%s: the label '%s' must be a text.".formatted(where, key));
		}
	}

	private static String label(String where, @Nullable Node labels, String name) {
		String value = YamlText.text(labels, name);
		if (value == null || value.isBlank()) {
			throw new StackException(
					"%s has no label '%s': write '%s: …' below 'labels'.".formatted(where, name, name));
		}
		return value;
	}

	private static String address(String where, Node node) {
		String address = (node instanceof ScalarNode scalar) ? scalar.getValue() : "";
		Matcher url = URL.matcher(address);
		if (url.matches()) {
			throw new StackException(fromUrl(where, url));
		}
		if (address.indexOf('/') > 0) {
			int slash = address.indexOf('/');
			throw new StackException("%s: %s has a path: write '%s', and '__metrics_path__: %s' below 'labels'."
				.formatted(where, ShownValue.of(address), ShownValue.of(address.substring(0, slash)),
						ShownValue.of(address.substring(slash))));
		}
		if (address.matches("[0-9]+")) {
			throw new StackException("%s: %s is only a port: write 'localhost:%s'.".formatted(where, address, address));
		}
		if (HOST.matcher(address).matches()) {
			throw new StackException("%s: %s has no port: write '%s:8080'.".formatted(where, address, address));
		}
		Matcher parts = ADDRESS.matcher(address);
		if (!parts.matches()) {
			throw new StackException("%s: '%s' is not an address: write host:port, such as localhost:8080."
				.formatted(where, ShownValue.of(address)));
		}
		if (parts.group(2).length() > 5 || Integer.parseInt(parts.group(2)) < 1
				|| Integer.parseInt(parts.group(2)) > 65535) {
			throw new StackException(
					"%s: the port of %s is not possible: it must be from 1 to 65535.".formatted(where, address));
		}
		return address;
	}

	private static String fromUrl(String where, Matcher url) {
		StringBuilder labels = new StringBuilder();
		if (url.group(1).equals("https")) {
			labels.append(", and '__scheme__: https' below 'labels'");
		}
		if (url.group(3) != null && url.group(3).length() > 1) {
			labels.append(", and '__metrics_path__: %s' below 'labels'".formatted(ShownValue.of(url.group(3))));
		}
		return "%s: %s is a URL: write '%s'%s.".formatted(where, ShownValue.of(url.group()),
				ShownValue.of(url.group(2)), labels);
	}

	/**
	 * The file's text with other addresses.
	 * @param address the address to write for one of the file
	 * @return the text
	 */
	String translated(UnaryOperator<String> address) {
		translate(this.yaml, this.yaml.root(), address);
		return this.yaml.print();
	}

	/**
	 * Put other addresses into every {@code targets} of a file.
	 * @param yaml the file
	 * @param node where to look
	 * @param address the address to write for one of the file
	 */
	static void translate(YamlText yaml, @Nullable Node node, UnaryOperator<String> address) {
		YamlText.items(node).forEach((item) -> translate(yaml, item, address));
		if (!(node instanceof MappingNode mapping)) {
			return;
		}
		for (Node target : YamlText.items(YamlText.get(node, "targets"))) {
			if (target instanceof ScalarNode scalar) {
				String translated = address.apply(scalar.getValue());
				if (!translated.equals(scalar.getValue())) {
					yaml.replace(scalar, translated);
				}
			}
		}
		mapping.getValue().forEach((entry) -> translate(yaml, entry.getValueNode(), address));
	}

	/**
	 * An entry.
	 *
	 * @param where which one it is
	 * @param service the service
	 * @param addresses where its instances are
	 */
	record Entry(String where, Service service, List<String> addresses) {

	}

}
