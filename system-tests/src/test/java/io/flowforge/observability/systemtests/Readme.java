package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What the README tells people to run and to write, up to the alert of their own service.
 *
 * @param text that part of it
 */
record Readme(String text) {

	private static final String START = "## See it work";

	private static final String END = "## Only here";

	static Readme read(Path repository) throws IOException {
		String text = Files.readString(repository.resolve("README.md"));
		return new Readme(text.substring(text.indexOf(START), text.indexOf(END)));
	}

	/**
	 * The commands, in the order in which they stand.
	 * @return a line each
	 */
	List<String> commands() {
		return blocks("sh").stream().flatMap(String::lines).toList();
	}

	/**
	 * The dependency for Maven.
	 * @return XML
	 */
	String dependency() {
		return blocks("xml").get(0);
	}

	/**
	 * The settings of the service.
	 * @return the text of its {@code application.yml}
	 */
	String applicationYaml() {
		return blocks("yaml").get(0);
	}

	private List<String> blocks(String language) {
		return Pattern.compile("(?s)```%s\\n(.*?)```".formatted(language))
			.matcher(this.text)
			.results()
			.map((MatchResult block) -> block.group(1))
			.toList();
	}

}
