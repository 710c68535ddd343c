package io.flowforge.launcher.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;

/**
 * Builds modules of this repository, quietly: everything that Maven prints goes to a
 * file.
 */
final class MavenBuild {

	private static final int SHOWN_ERRORS = 5;

	private final Repository repository;

	private final Path log;

	MavenBuild(Repository repository, Path log) {
		this.repository = repository;
		this.log = log;
	}

	/**
	 * Package modules, and what they need, without tests.
	 * @param modules their folders, separated by commas
	 */
	void packageModules(String modules) {
		List<String> command = List.of(this.repository.root().resolve("mvnw").toString(), "-B", "-ntp", "-Dquickly",
				"-Dspring-boot.aot.skip", "-T", "1C", "-pl", modules, "-am", "package");
		int status = Logged.run(this.repository.root(), this.log, command);
		if (status != 0) {
			throw new StackException(
					"The build of %s failed; everything it said is in %s:%n%s".formatted(modules, this.log, errors()));
		}
	}

	private String errors() {
		try {
			List<String> errors = new String(Files.readAllBytes(this.log), StandardCharsets.UTF_8).lines()
				.filter((line) -> line.startsWith("[ERROR]") || line.startsWith("mvnw:"))
				.filter((line) -> line.length() > "[ERROR] ".length())
				.limit(SHOWN_ERRORS)
				.map((line) -> "    " + line)
				.toList();
			return String.join(System.lineSeparator(), errors);
		}
		catch (IOException ex) {
			return "";
		}
	}

}
