package io.flowforge.observability.benchmarks.comparison;

/**
 * All values as they were measured. Round 0 is what is measured once.
 */
final class CsvReport {

	private final Results results;

	CsvReport(Results results) {
		this.results = results;
	}

	String write() {
		StringBuilder text = new StringBuilder("round,variant,figure,unit,value\n");
		for (Results.Row row : this.results.rows()) {
			text.append("%d,\"%s\",\"%s\",%s,%s%n".formatted(row.round(), row.variant().title(), row.figure().title(),
					row.figure().unit(), row.value()));
		}
		return text.toString();
	}

}
