package io.flowforge.launcher.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.flowforge.launcher.StackException;

/**
 * A folder with receivers of a person's own: YAML files like those of
 * {@code alertmanager/receivers/}, and beside them, in {@code secrets}, a file for each
 * secret that they name.
 *
 * @param folder the folder
 */
record ReceiverFolder(Path folder) {

	private static final String SECRETS = "secrets";

	/**
	 * Take a folder.
	 * @param folder the folder
	 * @throws StackException if it is none, or has no receivers
	 */
	ReceiverFolder {
		String shown = "FLOWFORGE_RECEIVERS=" + ShownValue.of(folder.toString());
		if (!Files.isDirectory(folder)) {
			throw new StackException(
					"%s is not a folder: name the one that has the YAML files of your receivers.".formatted(shown));
		}
		if (files(folder).isEmpty()) {
			throw new StackException(
					"%s has no YAML file: copy one of alertmanager/receivers/examples into it.".formatted(shown));
		}
	}

	/**
	 * The receivers.
	 * @return the text of each file by what to call it, in order
	 */
	Map<String, String> receivers() {
		Map<String, String> receivers = new TreeMap<>();
		files(this.folder).forEach((file) -> {
			Path path = this.folder.resolve(file);
			receivers.put(path.toString(), TextFile.read(path));
		});
		return receivers;
	}

	/**
	 * The secrets that the receivers name.
	 * @return the text of each by its name
	 */
	Map<String, String> secrets() {
		Map<String, String> secrets = new TreeMap<>();
		Path files = this.folder.resolve(SECRETS);
		PrivateFiles.list(files)
			.forEach((file) -> secrets.put(file.toString(), TextFile.read(files.resolve(file)).strip()));
		return secrets;
	}

	private static List<Path> files(Path folder) {
		return PrivateFiles.list(folder)
			.stream()
			.filter((file) -> file.getNameCount() == 1 && file.toString().endsWith(".yml"))
			.toList();
	}

}
