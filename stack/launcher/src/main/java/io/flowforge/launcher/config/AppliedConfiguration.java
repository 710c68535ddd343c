package io.flowforge.launcher.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.flowforge.launcher.StackException;

/**
 * The configuration that a part runs on: what was assembled, at a certain speed.
 */
final class AppliedConfiguration {

	private static final String FLAGS = "flags";

	private AppliedConfiguration() {
	}

	/**
	 * Bring what was assembled into use.
	 * @param dataFolder the stack's data folder
	 * @param parts the parts
	 * @param scale how fast the alerting is to run
	 * @return what has changed
	 */
	static Assembly.AppliedChanges apply(Path dataFolder, List<String> parts, TimeScale scale) {
		if (!Files.isDirectory(dataFolder.resolve("prometheus/assembled"))) {
			throw new StackException(
					"Nothing has been assembled in %s yet: start the stack with 'make dev'.".formatted(dataFolder));
		}
		Set<String> changedParts = new TreeSet<>();
		boolean flags = false;
		for (String part : parts) {
			Set<Path> changed = apply(dataFolder.resolve(part), scale);
			flags |= changed.remove(Path.of(FLAGS));
			if (!changed.isEmpty()) {
				changedParts.add(part);
			}
		}
		linkSecrets(dataFolder.resolve("alertmanager/config/secrets"));
		return new Assembly.AppliedChanges(changedParts, flags);
	}

	private static Set<Path> apply(Path part, TimeScale scale) {
		Path from = part.resolve("assembled");
		Path to = part.resolve("config");
		PrivateFiles.createFolder(to);
		Set<Path> changed = new TreeSet<>();
		List<Path> files = PrivateFiles.list(from);
		for (Path file : files) {
			String text = scaled(file, TextFile.read(from.resolve(file)), scale);
			if (PrivateFiles.replace(to.resolve(file), text, part.resolve("config.draft"))) {
				changed.add(file);
			}
		}
		for (Path file : PrivateFiles.list(to)) {
			if (!files.contains(file)) {
				delete(to.resolve(file));
				changed.add(file);
			}
		}
		return changed;
	}

	private static String scaled(Path file, String text, TimeScale scale) {
		if (file.equals(Path.of(FLAGS))) {
			return scale.shortenFlags(text);
		}
		// Target files have no durations, and templates are no YAML.
		return file.toString().endsWith(".yml") ? scale.shortenYaml(file.toString(), text) : text;
	}

	private static void delete(Path file) {
		try {
			Files.delete(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// Alertmanager reads some of its secrets from the folder of its configuration, and
	// some
	// from where it runs: the same here.
	private static void linkSecrets(Path link) {
		try {
			if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
				Files.createSymbolicLink(link, Path.of("../secrets"));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
