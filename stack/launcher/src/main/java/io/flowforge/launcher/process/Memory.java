package io.flowforge.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much memory a process takes: its resident set.
 */
public final class Memory {

	private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB");

	private static final int KILOBYTES = 1024;

	private Memory() {
	}

	/**
	 * The memory of a process, where the system tells.
	 * @param pid the process
	 * @return such as {@code 120 MB}
	 */
	public static Optional<String> of(long pid) {
		Path status = Path.of("/proc", Long.toString(pid), "status");
		try {
			if (Files.isReadable(status)) {
				Matcher matcher = RESIDENT.matcher(Files.readString(status));
				return matcher.find() ? megabytes(matcher.group(1)) : Optional.empty();
			}
		}
		catch (IOException ex) {
			return Optional.empty();
		}
		if (Programs.find("ps").isEmpty()) {
			return Optional.empty();
		}
		String resident = Programs.run(Path.of("/"), "ps", "-o", "rss=", "-p", Long.toString(pid)).output().strip();
		return resident.matches("\\d+") ? megabytes(resident) : Optional.empty();
	}

	private static Optional<String> megabytes(String kilobytes) {
		return Optional.of("%d MB".formatted(Long.parseLong(kilobytes) / KILOBYTES));
	}

}
