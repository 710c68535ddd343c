package io.flowforge.observability.benchmarks.comparison;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;

/**
 * Everything that was measured.
 */
final class Results {

	private final List<Row> rows = new ArrayList<>();

	/**
	 * Keep a value.
	 * @param round the round it was measured in
	 * @param variant the variant
	 * @param figure what it is
	 * @param value the value
	 */
	void add(int round, Variant variant, Figure figure, double value) {
		this.rows.add(new Row(round, variant, figure, value));
	}

	List<Row> rows() {
		return Collections.unmodifiableList(this.rows);
	}

	/**
	 * What was measured.
	 * @param variant the variant
	 * @param figure the figure
	 * @return the values of all rounds, empty if there are none
	 */
	Optional<Spread> measured(Variant variant, Figure figure) {
		return spread(values(variant, figure));
	}

	/**
	 * What a variant adds to the application alone.
	 * @param variant the variant
	 * @param figure the figure
	 * @return the differences to the bare application of the same round
	 */
	Optional<Spread> added(Variant variant, Figure figure) {
		return againstBare(variant, figure, (value, bare) -> value - bare);
	}

	/**
	 * How many times as much it is.
	 * @param variant the variant
	 * @param figure the figure
	 * @return the ratios to the bare application of the same round
	 */
	Optional<Spread> ratio(Variant variant, Figure figure) {
		return againstBare(variant, figure, (value, bare) -> value / bare);
	}

	private Optional<Spread> againstBare(Variant variant, Figure figure, DoubleBinaryOperator operator) {
		Map<Integer, Double> bare = values(Variant.BARE, figure);
		Map<Integer, Double> compared = new TreeMap<>();
		values(variant, figure).forEach((round, value) -> {
			if (bare.containsKey(round)) {
				compared.put(round, operator.applyAsDouble(value, bare.get(round)));
			}
		});
		return spread(compared);
	}

	private Map<Integer, Double> values(Variant variant, Figure figure) {
		Map<Integer, Double> values = new TreeMap<>();
		for (Row row : this.rows) {
			if (row.variant() == variant && row.figure() == figure) {
				values.put(row.round(), row.value());
			}
		}
		return values;
	}

	private static Optional<Spread> spread(Map<Integer, Double> values) {
		return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values.values()));
	}

	/**
	 * One value.
	 *
	 * @param round the round it was measured in
	 * @param variant the variant
	 * @param figure what it is
	 * @param value the value
	 */
	record Row(int round, Variant variant, Figure figure, double value) {

	}

}
