package io.flowforge.launcher.command;

import java.util.ArrayList;
import java.util.List;

import io.flowforge.launcher.Terminal;

/**
 * A table whose columns are as wide as what is in them.
 */
final class TextTable {

	private static final String GAP = "  ";

	private final List<List<String>> rows = new ArrayList<>();

	/**
	 * Begin a table.
	 * @param headings the names of its columns
	 */
	TextTable(String... headings) {
		add(headings);
	}

	void add(String... cells) {
		this.rows.add(List.of(cells));
	}

	void print(Terminal terminal) {
		for (List<String> row : this.rows) {
			StringBuilder line = new StringBuilder();
			for (int column = 0; column < row.size(); column++) {
				int width = width(column);
				line.append(GAP).append(("%-" + width + "s").formatted(row.get(column)));
			}
			terminal.say(line.toString().stripTrailing());
		}
	}

	private int width(int column) {
		return Math.max(1, this.rows.stream().mapToInt((row) -> row.get(column).length()).max().orElse(1));
	}

}
