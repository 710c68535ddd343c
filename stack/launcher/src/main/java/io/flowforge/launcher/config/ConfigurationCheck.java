package io.flowforge.launcher.config;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.flowforge.launcher.StackException;
import io.flowforge.launcher.process.Programs;

/**
 * What the tools of Prometheus and Alertmanager say of a configuration.
 */
final class ConfigurationCheck {

	private static final Pattern NOISE = Pattern.compile("SUCCESS|^Checking|error: failed|Container|Network");

	private final Checker checker;

	private final UnaryOperator<String> sources;

	/**
	 * Create a check.
	 * @param checker what runs the tools
	 * @param sources what makes the repository's names of the files of what a tool says
	 */
	ConfigurationCheck(Checker checker, UnaryOperator<String> sources) {
		this.checker = checker;
		this.sources = sources;
	}

	/**
	 * Check a configuration.
	 * @param part whose it is
	 * @param folder where it is
	 * @param tool the tool
	 * @param arguments the tool's arguments
	 * @throws StackException if the tool refuses it
	 */
	void run(String part, Path folder, String tool, String... arguments) {
		Programs.Result result = this.checker.run(folder, tool, List.of(arguments));
		if (!result.isSuccess()) {
			throw new StackException("%s refuses the configuration of %s: %s".formatted(tool, part,
					this.sources.apply(reason(result.output()))));
		}
	}

	// Tools print a word or a page; the person needs to know what failed.
	private static String reason(String output) {
		List<String> lines = output.lines().toList();
		String reason = lines.stream()
			.dropWhile((line) -> !line.contains("FAILED"))
			.filter((line) -> line.contains("FAILED:") || !NOISE.matcher(line).find())
			.map((line) -> line.replaceFirst("^.*FAILED: *", "").strip())
			.filter((line) -> !line.isEmpty())
			.distinct()
			.collect(Collectors.joining(" "));
		return !reason.isEmpty() ? reason
				: lines.stream()
					.filter((line) -> !line.isBlank())
					.reduce((first, last) -> last)
					.orElse("it says nothing.");
	}

	/**
	 * Replace the name that a file or a folder has for a tool.
	 * @param said what the tool says
	 * @param name the name
	 * @param source the name that people know
	 * @return the text with the name that people know
	 */
	static String renamed(String said, String name, String source) {
		return said.replaceAll("(?<![\\w/.-])" + Pattern.quote(name), Matcher.quoteReplacement(source));
	}

}
