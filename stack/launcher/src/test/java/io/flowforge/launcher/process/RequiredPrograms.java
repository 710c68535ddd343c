package io.flowforge.launcher.process;

import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.Assumptions;

/**
 * Programs that a test cannot do without. Where one is missing, the test is skipped and
 * names it; with {@code CI=true} the test fails.
 */
public final class RequiredPrograms {

	private RequiredPrograms() {
	}

	/**
	 * Find a program.
	 * @param names its names, the preferred one first
	 * @return where it is
	 */
	public static Path require(String... names) {
		Optional<Path> program = Programs.find(names);
		if (program.isEmpty()) {
			missing(names[0] + " is not on the PATH; 'stack/install' installs it or says how");
		}
		return program.orElseThrow();
	}

	/**
	 * Skip the test, or fail it with {@code CI=true}.
	 * @param what what is missing
	 */
	public static void missing(String what) {
		if ("true".equals(System.getenv("CI"))) {
			throw new AssertionError(what);
		}
		Assumptions.abort(what);
	}

}
