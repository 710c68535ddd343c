package io.flowforge.observability.benchmarks.comparison;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * The results as two tables: what each variant adds to the bare application, and what was
 * measured.
 */
final class MarkdownReport {

	private static final List<Variant> VARIANTS = List.of(Variant.values());

	private static final List<Variant> ADDING = VARIANTS.subList(1, VARIANTS.size());

	private final Plan plan;

	private final Machine machine;

	private final Results results;

	MarkdownReport(Plan plan, Machine machine, Results results) {
		this.plan = plan;
		this.machine = machine;
		this.results = results;
	}

	String write() {
		return """
				# The comparison%s

				%s

				![Chart](%s.svg)

				## Added to the bare application

				Medians of the differences to the bare application of the same round (smallest to largest), and of the ratios.

				%s
				## As measured

				Medians of all rounds (smallest to largest).

				%s"""
			.formatted((this.plan == Plan.QUICK) ? ": a quick run, whose figures say little" : "", conditions(),
					this.plan.name(), table(ADDING, true, this::added), table(VARIANTS, false, this::measured));
	}

	private String conditions() {
		return String.format(Locale.ROOT,
				"""
						Measured on %s: %s, %s, %s; load average before the start: %.1f.
						Rounds: %d. Each: up to %d s warm-up, %d s at %,d requests/s (the fixed rate), %d s at full speed (saturation).""",
				this.machine.date(), this.machine.processor(), this.machine.kernel(), this.machine.java(),
				this.machine.load(), this.plan.rounds(), this.plan.warmUp().toSeconds(),
				this.plan.fixedRate().toSeconds(), Plan.REQUESTS_PER_SECOND, this.plan.saturation().toSeconds());
	}

	private String table(List<Variant> variants, boolean addedOnly, BiFunction<Variant, Figure, String> cell) {
		StringBuilder table = new StringBuilder(row("", variants.stream().map(Variant::title).toList()));
		table.append("|---|").append("---|".repeat(variants.size())).append('\n');
		for (Figure figure : Figure.values()) {
			if (figure.isAdded() || !addedOnly) {
				String unit = figure.unit().isEmpty() ? "" : ", " + figure.unit();
				table.append(row(figure.title() + unit,
						variants.stream().map((variant) -> cell.apply(variant, figure)).toList()));
			}
		}
		return table.toString();
	}

	private static String row(String first, List<String> cells) {
		return "| %s | %s |%n".formatted(first, cells.stream().collect(Collectors.joining(" | ")));
	}

	private String measured(Variant variant, Figure figure) {
		return this.results.measured(variant, figure)
			.map((spread) -> figure.format(spread.median())
					+ range(spread, figure.format(spread.min()), figure.format(spread.max())))
			.orElse("–");
	}

	private String added(Variant variant, Figure figure) {
		Optional<Spread> ratio = this.results.ratio(variant, figure);
		return this.results.added(variant, figure)
			.map((spread) -> figure.formatAdded(spread.median())
					+ range(spread, figure.formatAdded(spread.min()), figure.formatAdded(spread.max()))
					+ String.format(Locale.ROOT, ", ×%.2f", ratio.orElseThrow().median()))
			.orElse("–");
	}

	private static String range(Spread spread, String min, String max) {
		return min.equals(max) ? "" : " (%s to %s)".formatted(min, max);
	}

}
