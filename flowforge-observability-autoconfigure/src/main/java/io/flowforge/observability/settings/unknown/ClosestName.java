package io.flowforge.observability.settings.unknown;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Finds the name that somebody who mistyped probably meant.
 */
final class ClosestName {

	private ClosestName() {
	}

	/**
	 * Return the candidate with the smallest edit distance.
	 * @param name what was typed
	 * @param candidates what exists
	 * @return the closest candidate, or {@code null} if every one differs in more than a
	 * quarter of what was typed
	 */
	static @Nullable String to(String name, Set<String> candidates) {
		String closest = null;
		int smallest = name.length() / 4 + 1;
		for (String candidate : candidates) {
			int distance = distance(name, candidate);
			if (distance < smallest) {
				smallest = distance;
				closest = candidate;
			}
		}
		return closest;
	}

	// Levenshtein's, a row of the matrix at a time.
	static int distance(String left, String right) {
		int[] row = new int[right.length() + 1];
		for (int column = 0; column <= right.length(); column++) {
			row[column] = column;
		}
		for (int line = 1; line <= left.length(); line++) {
			int diagonal = row[0];
			row[0] = line;
			for (int column = 1; column <= right.length(); column++) {
				int substitution = diagonal + ((left.charAt(line - 1) == right.charAt(column - 1)) ? 0 : 1);
				diagonal = row[column];
				row[column] = Math.min(substitution, Math.min(row[column], row[column - 1]) + 1);
			}
		}
		return row[right.length()];
	}

}
