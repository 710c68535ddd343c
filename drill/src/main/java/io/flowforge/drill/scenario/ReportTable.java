package io.flowforge.drill.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The report as a table.
 */
public final class ReportTable {

	private static final List<String> HEADINGS = List.of("case", "expected alert", "got", "severity", "to whom",
			"Slack", "email", "all-clear");

	private ReportTable() {
	}

	public static String of(List<ReportRow> rows) {
		List<List<String>> lines = new ArrayList<>(List.of(HEADINGS));
		rows.forEach((row) -> lines.add(cells(row)));
		int[] widths = new int[HEADINGS.size()];
		for (List<String> line : lines) {
			for (int i = 0; i < widths.length; i++) {
				widths[i] = Math.max(widths[i], line.get(i).length());
			}
		}
		lines.add(1, Stream.of(HEADINGS.toArray()).map((heading) -> "").toList());
		StringBuilder table = new StringBuilder();
		for (List<String> line : lines) {
			boolean rule = line.stream().allMatch(String::isEmpty);
			StringBuilder text = new StringBuilder();
			for (int i = 0; i < widths.length; i++) {
				String cell = line.get(i);
				String padding = (rule ? "─" : " ").repeat(widths[i] - cell.length());
				// The last three are numbers.
				text.append((i < widths.length - 3) ? cell + padding : padding + cell).append("  ");
			}
			table.append(text.toString().stripTrailing()).append('\n');
		}
		return table.toString();
	}

	private static List<String> cells(ReportRow row) {
		boolean calm = row.expected().isEmpty();
		String got = row.got().equals(row.expected()) ? (calm ? "none" : "the same") : row.got();
		return List.of(row.name(), calm ? "none" : row.expected(), got, row.severity(), calm ? "nobody" : row.to(),
				calm ? "" : ReportRow.seconds(row.slack()), calm ? "" : ReportRow.seconds(row.email()),
				calm ? "" : ReportRow.seconds(row.allClear()));
	}

}
