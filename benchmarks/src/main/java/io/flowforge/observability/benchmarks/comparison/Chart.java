package io.flowforge.observability.benchmarks.comparison;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The results in one picture: for each of the main figures a panel with a bar for each
 * variant, and the spread of the rounds as a line across its end.
 */
final class Chart {

	private static final int COLUMNS = 2;

	private static final int PANEL_WIDTH = 520;

	private static final int LABEL_WIDTH = 170;

	private static final int BAR_WIDTH = 240;

	private static final int BAR_HEIGHT = 16;

	private static final int ROW_HEIGHT = 24;

	private static final int TITLE_HEIGHT = 40;

	private static final int MARGIN = 24;

	private static final int PANEL_HEIGHT = TITLE_HEIGHT + Variant.values().length * ROW_HEIGHT + 12;

	private static final List<Panel> PANELS = List.of(new Panel("CPU per request", Figure.CPU, true),
			new Panel("Allocation per request", Figure.ALLOCATION, true),
			new Panel("Requests per second on one core", Figure.THROUGHPUT, false),
			new Panel("p99 at 1,500 requests per second", Figure.P99, false),
			new Panel("Start to the first response", Figure.START, true),
			new Panel("Log records delivered at saturation", Figure.LOG_RECORDS_DELIVERED, false),
			new Panel("Heap after garbage collection", Figure.HEAP, true),
			new Panel("Shutdown while the collector hangs", Figure.SHUTDOWN_HANGING, false));

	private final Plan plan;

	private final Results results;

	Chart(Plan plan, Results results) {
		this.plan = plan;
		this.results = results;
	}

	String write() {
		int width = MARGIN + COLUMNS * (PANEL_WIDTH + MARGIN);
		int height = 64 + (PANELS.size() + COLUMNS - 1) / COLUMNS * PANEL_HEIGHT;
		StringBuilder svg = new StringBuilder(
				"""
						<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
						<rect width="100%%" height="100%%" fill="#ffffff"/>
						<text x="%d" y="32" font-size="18" font-weight="bold" fill="#1f2328">What observability costs one Spring Boot application%s</text>
						<text x="%d" y="52" fill="#59636e">Rounds: %d. Medians, with the smallest and the largest value.</text>
						"""
					.formatted(width, height, MARGIN,
							(this.plan == Plan.QUICK) ? " (a quick run, whose figures say little)" : "", MARGIN,
							this.plan.rounds()));
		for (int i = 0; i < PANELS.size(); i++) {
			svg.append("<g transform=\"translate(%d,%d)\">%n".formatted(MARGIN + i % COLUMNS * (PANEL_WIDTH + MARGIN),
					64 + i / COLUMNS * PANEL_HEIGHT));
			panel(svg, PANELS.get(i));
			svg.append("</g>\n");
		}
		return svg.append("</svg>\n").toString();
	}

	private void panel(StringBuilder svg, Panel panel) {
		String unit = panel.figure().unit().isEmpty() ? "" : ", " + panel.figure().unit();
		svg.append("<text y=\"26\" font-weight=\"bold\" fill=\"#1f2328\">%s%s%s</text>%n".formatted(panel.title(),
				panel.added() ? ", added to the bare application" : "", unit));
		double largest = 0;
		for (Variant variant : Variant.values()) {
			largest = Math.max(largest, spread(panel, variant).map(Spread::max).orElse(0.0));
		}
		int y = TITLE_HEIGHT;
		for (Variant variant : Variant.values()) {
			if (variant != Variant.BARE || !panel.added()) {
				row(svg, y, variant, panel, largest);
				y += ROW_HEIGHT;
			}
		}
	}

	private void row(StringBuilder svg, int y, Variant variant, Panel panel, double largest) {
		int middle = y + BAR_HEIGHT / 2;
		svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#1f2328\">%s</text>%n".formatted(LABEL_WIDTH - 8,
				middle + 5, variant.title()));
		Optional<Spread> spread = spread(panel, variant);
		if (spread.isEmpty()) {
			svg.append("<text x=\"%d\" y=\"%d\" fill=\"#59636e\">–</text>%n".formatted(LABEL_WIDTH + 4, middle + 5));
			return;
		}
		double scale = (largest > 0) ? BAR_WIDTH / largest : 0;
		double median = Math.max(0, spread.get().median() * scale);
		double max = Math.max(0, spread.get().max() * scale);
		svg.append(String.format(Locale.ROOT,
				"<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\" fill=\"%s\"/>%n", LABEL_WIDTH, y, median,
				BAR_HEIGHT, colour(variant)));
		svg.append(String.format(Locale.ROOT,
				"<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#1f2328\" stroke-width=\"1.5\"/>%n",
				LABEL_WIDTH + Math.max(0, spread.get().min() * scale), LABEL_WIDTH + max, middle, middle));
		svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%d\" fill=\"#1f2328\">%s</text>%n",
				LABEL_WIDTH + max + 8, middle + 5, panel.figure().format(spread.get().median())));
	}

	private Optional<Spread> spread(Panel panel, Variant variant) {
		return panel.added() ? this.results.added(variant, panel.figure())
				: this.results.measured(variant, panel.figure());
	}

	private static String colour(Variant variant) {
		return switch (variant) {
			case FLOWFORGE, FLOWFORGE_SAMPLED -> "#d9730d";
			case BARE -> "#c4c9d0";
			default -> "#5b8db8";
		};
	}

	private record Panel(String title, Figure figure, boolean added) {

	}

}
