package io.flowforge.observability.test;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What Prometheus would have read.
 *
 * @param values the value of each series
 * @param growing the names of the metrics that only grow: counters, and the counts, sums
 * and buckets of timers and distribution summaries
 */
record Scrape(Map<Series, Double> values, Set<String> growing) {

	static final Scrape EMPTY = new Scrape(Map.of(), Set.of());

	private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");

	private static final Pattern SAMPLE = Pattern.compile("([^{ ]+)(?:\\{(.*)})? (\\S+)");

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

	private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

	/**
	 * Read a scrape.
	 * @param text the text in Prometheus' text format 0.0.4
	 * @return the scrape
	 */
	static Scrape of(String text) {
		Map<Series, Double> values = new LinkedHashMap<>();
		Set<String> growing = new HashSet<>();
		for (String line : text.split("\n")) {
			Matcher type = TYPE.matcher(line);
			Matcher sample = SAMPLE.matcher(line);
			if (type.matches()) {
				growing.addAll(growing(type.group(1), type.group(2)));
			}
			else if (!line.startsWith("#") && sample.matches()) {
				values.put(new Series(sample.group(1), labels(sample.group(2))), value(sample.group(3)));
			}
		}
		return new Scrape(values, growing);
	}

	private static List<String> growing(String name, String type) {
		return switch (type) {
			case "counter" -> List.of(name);
			case "histogram", "summary" -> List.of(name + "_count", name + "_sum", name + "_bucket");
			default -> List.of();
		};
	}

	private static Map<String, String> labels(@Nullable String text) {
		Map<String, String> labels = new HashMap<>();
		Matcher label = LABEL.matcher((text != null) ? text : "");
		while (label.find()) {
			labels.put(label.group(1), unescape(label.group(2)));
		}
		return labels;
	}

	private static String unescape(String value) {
		return ESCAPE.matcher(value)
			.replaceAll((escape) -> Matcher.quoteReplacement(escape.group(1).equals("n") ? "\n" : escape.group(1)));
	}

	private static double value(String text) {
		return switch (text) {
			case "+Inf" -> Double.POSITIVE_INFINITY;
			case "-Inf" -> Double.NEGATIVE_INFINITY;
			default -> Double.parseDouble(text);
		};
	}

	/**
	 * What has happened since an earlier scrape. A test must not depend on what earlier
	 * ones have counted, so what has not grown is left out.
	 * @param earlier the earlier scrape
	 * @return the growth of all that only grows, and the values of gauges
	 */
	List<Metric> since(Scrape earlier) {
		return this.values.entrySet()
			.stream()
			.map((entry) -> metric(entry.getKey(), entry.getValue(), earlier))
			.filter((metric) -> !Double.isNaN(metric.value())
					&& (metric.value() != 0 || !this.growing.contains(metric.name())))
			.toList();
	}

	private Metric metric(Series series, double value, Scrape earlier) {
		boolean grows = this.growing.contains(series.name());
		double before = grows ? earlier.values().getOrDefault(series, 0.0) : 0;
		return new Metric(series.name(), series.labels(), value - before);
	}

	private record Series(String name, Map<String, String> labels) {

	}

}
