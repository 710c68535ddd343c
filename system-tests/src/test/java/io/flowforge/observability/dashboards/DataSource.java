package io.flowforge.observability.dashboards;

import java.util.Map;

/**
 * Where data comes from. A dashboard has a variable for each of those it asks, so that it
 * can be imported elsewhere; preset is the one that the stack provisions.
 */
enum DataSource {

	PROMETHEUS("prometheus", "datasource"), LOKI("loki", "loki_datasource"), TEMPO("tempo", "tempo_datasource");

	private final String type;

	private final String variable;

	DataSource(String type, String variable) {
		this.type = type;
		this.variable = variable;
	}

	Map<String, Object> reference() {
		return Map.of("type", this.type, "uid", "${%s}".formatted(this.variable));
	}

	Variable variable() {
		String title = name().charAt(0) + this.type.substring(1);
		return Variable.of("datasource", this.variable, title + " data source")
			.with("query", this.type)
			.current(title, this.type)
			.hidden();
	}

}
