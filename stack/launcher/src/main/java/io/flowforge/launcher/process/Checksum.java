package io.flowforge.launcher.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A checksum over texts and files, to see whether anything has changed.
 */
public final class Checksum {

	private static final int LENGTH = 12;

	private final MessageDigest digest;

	public Checksum() {
		try {
			this.digest = MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

	public Checksum add(String text) {
		this.digest.update(text.getBytes(StandardCharsets.UTF_8));
		// So that "a", "bc" differs from "ab", "c".
		this.digest.update((byte) 0);
		return this;
	}

	public Checksum addFile(Path file) {
		try {
			this.digest.update(Files.readAllBytes(file));
			this.digest.update((byte) 0);
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The checksum of everything that was added.
	 * @return twelve hexadecimal digits
	 */
	public String value() {
		return HexFormat.of().formatHex(this.digest.digest()).substring(0, LENGTH);
	}

}
