package io.flowforge.dashboards;

import java.util.Map;

/**
 * A data source. A dashboard has a variable for each data source that it uses, so that it
 * can be imported elsewhere. The default is the data source that the stack provisions.
 */
enum DataSource {

	PROMETHEUS("prometheus"), LOKI("loki"), TEMPO("tempo");

	private final String type;

	DataSource(String type) {
		this.type = type;
	}

	Map<String, Object> reference() {
		return Json.object("type", this.type, "uid", "${%s}".formatted(variableName()));
	}

	private String variableName() {
		return this.type + "_datasource";
	}

	Variable variable() {
		String title = name().charAt(0) + this.type.substring(1);
		return Variable.of("datasource", variableName(), title + " data source")
			.with("query", this.type)
			.current(title, this.type)
			.hidden();
	}

}
