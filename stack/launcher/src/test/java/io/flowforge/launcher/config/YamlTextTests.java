package io.flowforge.launcher.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link YamlText} changes the node that it is told to, and not a character besides.
 */
class YamlTextTests {

	@ParameterizedTest
	@MethodSource("files")
	void textWithoutChangesIsItself(Path file) throws IOException {
		String text = Files.readString(file);
		assertThat(YamlText.parse(file.toString(), text).print()).isEqualTo(text);
	}

	/**
	 * Every value of every file is written anew, as itself: where the parser's marks and
	 * this class disagree about a single one of them, the file says something else.
	 * @param file the file
	 */
	@ParameterizedTest
	@MethodSource("files")
	void everyValueCanBeWrittenAnew(Path file) throws IOException {
		String text = Files.readString(file);
		YamlText yaml = YamlText.parse(file.toString(), text);
		List<ScalarNode> values = new ArrayList<>();
		collectQuotedAndPlain(Objects.requireNonNull(yaml.root()), values);
		assertThat(values).isNotEmpty();
		values.forEach((value) -> yaml.replace(value, value.getValue()));
		String printed = yaml.print();
		assertThat(untyped(printed)).isEqualTo(untyped(text));
		assertThat(comments(printed)).isEqualTo(comments(text));
	}

	@ParameterizedTest
	@MethodSource("files")
	void everyValueCanBeReplaced(Path file) throws IOException {
		String text = Files.readString(file);
		YamlText yaml = YamlText.parse(file.toString(), text);
		List<ScalarNode> values = new ArrayList<>();
		collectQuotedAndPlain(Objects.requireNonNull(yaml.root()), values);
		values.forEach((value) -> yaml.replace(value, "it's: \"another\""));
		List<ScalarNode> replaced = new ArrayList<>();
		collectQuotedAndPlain(Objects.requireNonNull(YamlText.parse("", yaml.print()).root()), replaced);
		assertThat(replaced).hasSameSizeAs(values)
			.allSatisfy((value) -> assertThat(value.getValue()).isEqualTo("it's: \"another\""));
		assertThat(comments(yaml.print())).isEqualTo(comments(text));
	}

	static List<Path> files() throws IOException {
		Path root = TestRepository.REPOSITORY.root();
		List<Path> files = new ArrayList<>();
		for (String folder : List.of("prometheus-rules", "alertmanager", "stack/prometheus", "stack/loki",
				"stack/tempo", "stack/otel-collector", "grafana/provisioning")) {
			try (Stream<Path> found = Files.walk(root.resolve(folder))) {
				found.filter((file) -> file.toString().matches(".*\\.ya?ml")).sorted().forEach(files::add);
			}
		}
		files.add(root.resolve("stack/compose.yaml"));
		assertThat(files).hasSizeGreaterThan(20);
		return files;
	}

	// Values that are blocks of text are only ever edited, not replaced.
	private static void collectQuotedAndPlain(Node node, List<ScalarNode> values) {
		if (node instanceof ScalarNode scalar) {
			switch (scalar.getScalarStyle()) {
				case LITERAL, FOLDED -> {
				}
				default -> {
					if (!values.contains(scalar)
							&& scalar.getStartMark().getIndex() != scalar.getEndMark().getIndex()) {
						values.add(scalar);
					}
				}
			}
		}
		else if (node instanceof SequenceNode sequence) {
			sequence.getValue().forEach((item) -> collectQuotedAndPlain(item, values));
		}
		else if (node instanceof MappingNode mapping) {
			mapping.getValue().forEach((entry) -> collectQuotedAndPlain(entry.getValueNode(), values));
		}
	}

	// As Go reads it into strings: 8090 and '8090' are the same.
	private static String untyped(String text) {
		return TestRepository.data(text).toString();
	}

	private static List<String> comments(String text) {
		return text.lines()
			.filter((line) -> line.contains("# "))
			.map((line) -> line.substring(line.indexOf("# ")))
			.toList();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
			a: b   # c            | x            | a: x   # c
			a: 'b'                | it's         | a: 'it''s'
			a: "b"                | a\\b"        | a: "a\\\\b\\""
			a: b                  | [::1]:80     | a: '[::1]:80'
			a: b                  | host:80      | a: host:80
			a: b                  | a: b         | a: 'a: b'
			a: b                  | x #y         | a: 'x #y'
			a: &n b               | c            | a: &n c
			a: !!str b            | c            | a: !!str c
			a: &n !!str 'b'       | c            | a: &n !!str 'c'
			{a: b}                | c            | {a: c}
			""")
	void aValueKeepsItsStyleWhereThatIsPossible(String text, String value, String expected) {
		YamlText yaml = YamlText.parse("", text);
		yaml.replace((ScalarNode) Objects.requireNonNull(YamlText.get(yaml.root(), "a")), value);
		assertThat(yaml.print()).isEqualTo(expected);
		assertThat(YamlText.text(YamlText.parse("", yaml.print()).root(), "a")).isEqualTo(value);
	}

	@Test
	void aLineBreakStaysInsideItsValue() {
		YamlText yaml = YamlText.parse("", "a: 'b'\n");
		yaml.replace((ScalarNode) Objects.requireNonNull(YamlText.get(yaml.root(), "a")), "c'\nd: e");
		assertThat(TestRepository.data(yaml.print())).isEqualTo(Map.of("a", "c'\nd: e"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
			a: 1;# of b;b: [2];c: 3;           | a: 1;# of b;c: 3;
			a: 1;b: [2]   # of b;c: 3;         | a: 1;c: 3;
			a: 1;b:;  - 2;  - 3;# of c;c: 3;   | a: 1;# of c;c: 3;
			a: 1;b: >;  text;;c: 3;            | a: 1;c: 3;
			- b: 2;  c: 3;                     | - c: 3;
			a: 1;b: 2                          | a: 1;
			{a: 1, b: 2, c: 3};                | {a: 1, c: 3};
			a: 1;                              | a: 1;
			""")
	void removesAKeyWithItsValue(String text, String expected) {
		YamlText yaml = YamlText.parse("", text.replace(';', '\n'));
		Node root = Objects.requireNonNull(yaml.root());
		Node mapping = (root instanceof SequenceNode list) ? list.getValue().get(0) : root;
		yaml.remove((MappingNode) mapping, "b");
		assertThat(yaml.print()).isEqualTo(expected.replace(';', '\n'));
	}

	@Test
	void insertsBelowTheLineOfANode() {
		YamlText yaml = YamlText.parse("", "a:   # of a\n  b: 1\nc: 2");
		yaml.insertBelow(yaml.key(yaml.root(), "a"), "  # of z\n  z: 0\n");
		yaml.insertBelow(yaml.key(yaml.root(), "c"), "d: 3\n");
		assertThat(yaml.print()).isEqualTo("a:   # of a\n  # of z\n  z: 0\n  b: 1\nc: 2\nd: 3\n");
	}

}
