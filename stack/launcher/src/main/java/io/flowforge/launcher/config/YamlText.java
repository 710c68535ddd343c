package io.flowforge.launcher.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.flowforge.launcher.StackException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A YAML file as a person wrote it, and changes to single nodes of it. The parser says
 * where in the text each node is; whatever is not changed, comments, line breaks and
 * anchors among it, is printed as it was read.
 */
final class YamlText {

	private static final int CODE_POINT_LIMIT = 10_000_000;

	// Text that needs no quotes, not even inside [] and {}.
	private static final Pattern PLAIN = Pattern
		.compile("[A-Za-z0-9_./][A-Za-z0-9_./@%+=~*-]*(:[A-Za-z0-9_./@%+=~*-]+)*");

	private static final Pattern PROPERTIES = Pattern.compile("^([&!]\\S*\\s+)+");

	private final String name;

	private final String text;

	private final boolean supplementary;

	private final @Nullable Node root;

	private final TreeMap<Integer, Edit> edits = new TreeMap<>();

	private YamlText(String name, String text, @Nullable Node root) {
		this.name = name;
		this.text = text;
		this.supplementary = text.codePoints().anyMatch(Character::isSupplementaryCodePoint);
		this.root = root;
	}

	/**
	 * Parse a text with one document.
	 * @param name the file's name, as people know it
	 * @param text the text
	 * @return the text with its nodes
	 * @throws StackException if it is not YAML
	 */
	static YamlText parse(String name, String text) {
		try {
			Node root = yaml().compose(new StringReader(text));
			refuseDuplicates(name, root, Collections.newSetFromMap(new IdentityHashMap<>()));
			return new YamlText(name, text, root);
		}
		catch (YAMLException ex) {
			throw new StackException(problem(name, ex), ex);
		}
	}

	private static String problem(String name, YAMLException ex) {
		if (ex instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
			return "%s, line %d: this is not valid YAML: %s.".formatted(name, marked.getProblemMark().getLine() + 1,
					marked.getProblem());
		}
		return "%s is not valid YAML: %s.".formatted(name,
				String.valueOf(ex.getMessage()).lines().findFirst().orElse(""));
	}

	// One of the two would be ignored, here or by the program that reads the file.
	private static void refuseDuplicates(String name, @Nullable Node node, Set<Node> seen) {
		if (node == null || !seen.add(node)) {
			return;
		}
		items(node).forEach((item) -> refuseDuplicates(name, item, seen));
		if (node instanceof MappingNode mapping) {
			Set<String> keys = new HashSet<>();
			for (NodeTuple entry : mapping.getValue()) {
				if (entry.getKeyNode() instanceof ScalarNode key && !keys.add(key.getValue())) {
					throw new StackException("%s, line %d: the key '%s' is there twice: remove one of the two."
						.formatted(name, line(key), ShownValue.of(key.getValue())));
				}
				refuseDuplicates(name, entry.getValueNode(), seen);
			}
		}
	}

	private static Yaml yaml() {
		LoaderOptions options = new LoaderOptions();
		options.setCodePointLimit(CODE_POINT_LIMIT);
		return new Yaml(options);
	}

	/**
	 * The topmost node.
	 * @return the node, or {@code null} if the file has only comments
	 */
	@Nullable Node root() {
		return this.root;
	}

	/**
	 * The line that a node begins in.
	 * @param node the node
	 * @return its number; the first is 1
	 */
	static int line(Node node) {
		return node.getStartMark().getLine() + 1;
	}

	/**
	 * The value of a key.
	 * @param node a mapping, or anything else
	 * @param key the key
	 * @return its value, or {@code null} if there is none
	 */
	static @Nullable Node get(@Nullable Node node, String key) {
		NodeTuple entry = entry(node, key);
		return (entry != null) ? entry.getValueNode() : null;
	}

	/**
	 * What the value of a key says.
	 * @param node a mapping, or anything else
	 * @param key the key
	 * @return its text, or {@code null} if there is none
	 */
	static @Nullable String text(@Nullable Node node, String key) {
		return (get(node, key) instanceof ScalarNode scalar) ? scalar.getValue() : null;
	}

	/**
	 * The values of a list.
	 * @param node a sequence, or anything else, which has none
	 * @return its values
	 */
	static List<Node> items(@Nullable Node node) {
		return (node instanceof SequenceNode sequence) ? sequence.getValue() : List.of();
	}

	/**
	 * The texts of a list, or a single text.
	 * @param node a sequence or a scalar, or anything else, which has none
	 * @return the texts
	 */
	static List<String> texts(@Nullable Node node) {
		if (node instanceof ScalarNode scalar) {
			return List.of(scalar.getValue());
		}
		List<String> texts = new ArrayList<>();
		for (Node item : items(node)) {
			if (item instanceof ScalarNode scalar) {
				texts.add(scalar.getValue());
			}
		}
		return texts;
	}

	private static @Nullable NodeTuple entry(@Nullable Node node, String key) {
		if (node instanceof MappingNode mapping) {
			for (NodeTuple entry : mapping.getValue()) {
				if (entry.getKeyNode() instanceof ScalarNode scalar && scalar.getValue().equals(key)) {
					return entry;
				}
			}
		}
		return null;
	}

	/**
	 * Give a scalar another value. Its quotes stay where it has some.
	 * @param node the scalar
	 * @param value the value
	 */
	void replace(ScalarNode node, String value) {
		put(valueStart(node), end(node), written(node.getScalarStyle(), value));
	}

	/**
	 * Change the very characters of a scalar's text that has no quotes, with its line
	 * breaks and indentation.
	 * @param node the scalar
	 * @param change what to make of the characters
	 */
	void edit(ScalarNode node, UnaryOperator<String> change) {
		int start = valueStart(node);
		String source = this.text.substring(start, end(node));
		String changed = change.apply(source);
		if (!changed.equals(source)) {
			put(start, end(node), changed);
		}
	}

	/**
	 * Remove a key and its value.
	 * @param node the mapping
	 * @param key the key; nothing happens if it is not there
	 */
	void remove(MappingNode node, String key) {
		NodeTuple entry = entry(node, key);
		if (entry == null) {
			return;
		}
		int start = start(entry.getKeyNode());
		int line = lineStart(start);
		if (this.text.substring(line, start).isBlank()) {
			put(line, nextLine(end(entry.getValueNode())), "");
			return;
		}
		int next = node.getValue().indexOf(entry) + 1;
		put(start, (next < node.getValue().size()) ? start(node.getValue().get(next).getKeyNode())
				: end(entry.getValueNode()), "");
	}

	/**
	 * Insert lines below the one that a node ends in.
	 * @param node the node
	 * @param lines the lines, each with its indentation and its end
	 */
	void insertBelow(Node node, String lines) {
		int at = nextLine(end(node));
		boolean open = at > 0 && this.text.charAt(at - 1) != '\n';
		put(at, at, open ? "\n" + lines : lines);
	}

	/**
	 * The lines below the one that a node ends in, comments among them, as far as they
	 * are indented.
	 * @param node the node
	 * @param indentation by how much they must be indented
	 * @return the lines
	 */
	String linesBelow(Node node, int indentation) {
		StringBuilder lines = new StringBuilder();
		StringBuilder blank = new StringBuilder();
		for (String line : this.text.substring(nextLine(end(node))).lines().toList()) {
			if (line.isBlank()) {
				blank.append(line).append('\n');
				continue;
			}
			if (line.indexOf(line.strip()) < indentation) {
				break;
			}
			lines.append(blank).append(line).append('\n');
			blank.setLength(0);
		}
		return lines.toString();
	}

	/**
	 * The node of a key itself.
	 * @param node the mapping
	 * @param key the key
	 * @return its node
	 * @throws StackException if there is no such key
	 */
	Node key(@Nullable Node node, String key) {
		NodeTuple entry = entry(node, key);
		if (entry == null) {
			throw new StackException("%s has no '%s': put it back.".formatted(this.name, key));
		}
		return entry.getKeyNode();
	}

	/**
	 * Print the text with all changes.
	 * @return the text
	 */
	String print() {
		StringBuilder printed = new StringBuilder();
		int at = 0;
		for (Map.Entry<Integer, Edit> edit : this.edits.entrySet()) {
			printed.append(this.text, at, edit.getKey()).append(edit.getValue().replacement());
			at = edit.getValue().end();
		}
		return printed.append(this.text, at, this.text.length()).toString();
	}

	private void put(int start, int end, String replacement) {
		this.edits.put(start, new Edit(end, replacement));
	}

	private int start(Node node) {
		return index(node.getStartMark());
	}

	// The mark of a scalar is in front of its anchor.
	private int valueStart(ScalarNode node) {
		int start = start(node);
		Matcher properties = PROPERTIES.matcher(this.text).region(start, end(node));
		return properties.lookingAt() ? properties.end() : start;
	}

	// The parser finds the end of a block collection only at the next token, behind
	// comments that belong to what follows.
	private int end(Node node) {
		if (node instanceof CollectionNode<?> collection && collection.getFlowStyle() == FlowStyle.BLOCK
				&& !collection.getValue().isEmpty()) {
			Object last = collection.getValue().get(collection.getValue().size() - 1);
			return end((last instanceof NodeTuple entry) ? entry.getValueNode() : (Node) last);
		}
		return index(node.getEndMark());
	}

	private int index(Mark mark) {
		return this.supplementary ? this.text.offsetByCodePoints(0, mark.getIndex()) : mark.getIndex();
	}

	private int lineStart(int index) {
		return this.text.lastIndexOf('\n', index - 1) + 1;
	}

	// A block scalar ends where the next line begins.
	private int nextLine(int index) {
		if (index > 0 && this.text.charAt(index - 1) == '\n') {
			return index;
		}
		int end = this.text.indexOf('\n', index);
		return (end < 0) ? this.text.length() : end + 1;
	}

	private static String written(ScalarStyle style, String value) {
		if (value.codePoints().anyMatch((character) -> character < ' ') || style == ScalarStyle.DOUBLE_QUOTED) {
			return doubleQuoted(value);
		}
		if (style == ScalarStyle.PLAIN && PLAIN.matcher(value).matches()) {
			return value;
		}
		return "'" + value.replace("'", "''") + "'";
	}

	private static String doubleQuoted(String value) {
		StringBuilder quoted = new StringBuilder("\"");
		value.codePoints().forEach((character) -> {
			if (character == '"' || character == '\\') {
				quoted.append('\\').appendCodePoint(character);
			}
			else if (character < ' ') {
				quoted.append("\\x%02x".formatted(character));
			}
			else {
				quoted.appendCodePoint(character);
			}
		});
		return quoted.append('"').toString();
	}

	/**
	 * A change.
	 *
	 * @param end where the replaced characters end
	 * @param replacement what stands there instead
	 */
	private record Edit(int end, String replacement) {

	}

}
