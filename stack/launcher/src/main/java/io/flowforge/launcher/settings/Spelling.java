package io.flowforge.launcher.settings;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds what somebody meant who has misspelt a word.
 */
public final class Spelling {

	private static final int MAX_DISTANCE = 4;

	private Spelling() {
	}

	/**
	 * The word that is nearest to what was written.
	 * @param written what was written
	 * @param words the words there are
	 * @return the nearest, unless none is near
	 */
	public static Optional<String> nearest(String written, Stream<String> words) {
		return words.filter((word) -> distance(written, word) <= Math.min(MAX_DISTANCE, written.length() / 3))
			.min(Comparator.comparingInt((word) -> distance(written, word)));
	}

	// Levenshtein's, row by row.
	private static int distance(String a, String b) {
		int[] row = new int[b.length() + 1];
		for (int j = 0; j <= b.length(); j++) {
			row[j] = j;
		}
		for (int i = 1; i <= a.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j <= b.length(); j++) {
				int changed = diagonal + ((a.charAt(i - 1) == b.charAt(j - 1)) ? 0 : 1);
				diagonal = row[j];
				row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
			}
		}
		return row[b.length()];
	}

}
