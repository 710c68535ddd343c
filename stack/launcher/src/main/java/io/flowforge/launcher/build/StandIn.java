package io.flowforge.launcher.build;

import java.nio.file.Path;
import java.util.Optional;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.layout.Part;

/**
 * A program in the place of one that is not on the PATH: a registry has it, so the stack
 * can get it itself.
 */
public interface StandIn {

	/**
	 * The program of a part.
	 * @param part {@link Part#ZIPKIN} or {@link Part#VICTORIA_LOGS}
	 * @param repository the repository
	 * @return the program
	 */
	static StandIn of(Part part, Repository repository) {
		return switch (part) {
			case ZIPKIN -> new Zipkin(repository);
			case VICTORIA_LOGS -> new VictoriaLogs(repository);
			default -> throw new IllegalArgumentException(part.id());
		};
	}

	/**
	 * What it is called.
	 * @return its name and version
	 */
	String title();

	/**
	 * The program, if it is there.
	 * @return its path
	 */
	Optional<Path> find();

	/**
	 * Why it cannot be had, if that is known beforehand.
	 * @return the end of a sentence
	 */
	Optional<String> whyNot();

	/**
	 * Get the program, which takes about a minute.
	 * @param log the file for what that prints
	 * @return its path
	 */
	Path get(Path log);

}
