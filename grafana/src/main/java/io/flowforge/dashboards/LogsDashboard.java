package io.flowforge.dashboards;

import java.util.List;

/**
 * Log lines: of whom, how bad, how many, which.
 */
final class LogsDashboard {

	static final String UID = "flowforge-logs";

	private static final String STREAMS = "{service_name=~\"$application\", deployment_environment_name=~\"$environment\", severity_text=~\"$severity\"}";

	// What is written into the fields is text, never an expression.
	private static final String CHOSEN = STREAMS + " | trace_id=~`${trace:regex}.*` |~ `(?i)${text:regex}`";

	// What differs from line to line: numbers, ids, what stands in quotation marks.
	private static final String PATTERN = "{{ regexReplaceAll \"[0-9a-fA-F]{8,}[-0-9a-fA-F]*|[0-9]+|'[^']*'|\\\"[^\\\"]*\\\"\" __line__ \"…\" | trunc 200 }}";

	private static final String NONE = "No line matches the choice above in this time";

	private static final String WITHOUT_PACKAGE = "{{regexReplaceAll \"^.*[.]\" .exception_type \"\"}}";

	private LogsDashboard() {
	}

	static Dashboard create() {
		return new Dashboard(UID, "Logs", "Log lines by service, severity and trace: how many, of which kind, which.",
				"1h")
			.variable(Variable.logLabelValues("environment", "Environment", "", "deployment_environment_name")
				.multiOrNone())
			.variable(Variable
				.logLabelValues("application", "Service",
						"{service_name=~\".+\", deployment_environment_name=~\"$environment\"}", "service_name")
				.multi())
			.variable(Variable.custom("severity", "Severity", List.of("ERROR", "WARN", "INFO", "DEBUG", "TRACE"))
				.multiOrNone())
			.variable(Variable.textBox("trace", "Trace id").description("The id, or how it begins."))
			.variable(Variable.textBox("text", "Text")
				.description("Part of a line, in upper or lower case. A backtick cannot be searched for."))
			.link("All services", ServicesDashboard.UID)
			.row("How bad is it, and since when?")
			.panels(8, volume(), errorsByService())
			.row("Of which kind?")
			.panels(9, patterns(), loggers())
			.row("Which lines?")
			.panels(18, lines());
	}

	private static TimeSeries volume() {
		return severities(new TimeSeries("Lines by severity", "How many lines there are of each severity.", Unit.COUNT))
			.width(16)
			.stackedBars()
			.noValue(NONE)
			.query(Query.logMetric("sum by (severity_text) (count_over_time(%s[$__auto]))".formatted(CHOSEN),
					"{{severity_text}}"));
	}

	private static TimeSeries severities(TimeSeries panel) {
		return panel.colour("ERROR", Colour.WRONG)
			.colour("WARN", Colour.WARNING)
			.colour("INFO", Colour.AMOUNT)
			.colour("DEBUG", Colour.THIRD)
			.colour("TRACE", Colour.QUIET);
	}

	private static TimeSeries errorsByService() {
		return new TimeSeries("Errors by service", "How many lines of severity ERROR each service writes.", Unit.COUNT)
			.standard("color", Colour.WRONG.shades())
			.stackedBars()
			.noValue("No errors")
			.query(Query.logMetric(
					"""
							sum by (service_name) (
							  count_over_time({service_name=~"$application", deployment_environment_name=~"$environment", severity_text="ERROR"}[$__auto])
							)
							""",
					"{{service_name}}"));
	}

	private static Table patterns() {
		return counted("Patterns",
				"Lines that differ only in numbers, ids and quoted words are one pattern. The most frequent come first.",
				"""
						topk(30,
						  sum by (severity_text, service_name, shape) (
						    count_over_time(
						      %s
						      | label_format shape=`%s`
						      [$__range]
						    )
						  )
						)
						""".formatted(CHOSEN, PATTERN))
			.width(14)
			.label("severity_text", "Severity", "custom.width", 90)
			.label("service_name", "Service", "custom.width", 170)
			.label("shape", "Pattern");
	}

	private static Table loggers() {
		return counted("Exceptions and loggers", "Who writes most, and of which exception.", """
				topk(30,
				  sum by (scope_name, exception) (
				    count_over_time(
				      %s
				      | label_format exception=`%s`
				      [$__range]
				    )
				  )
				)
				""".formatted(CHOSEN, WITHOUT_PACKAGE))
			.label("exception", "Exception", "custom.minWidth", 100, "noValue", "–")
			.label("scope_name", "Logger", "custom.minWidth", 100);
	}

	private static Table counted(String title, String description, String query) {
		return new Table(title, description)
			.value("Lines", Unit.COUNT, Query.logMetricTable(query), "custom.width", 100, "decimals", 0)
			.sortDescendingBy("Lines")
			.noValue(NONE);
	}

	private static Logs lines() {
		return new Logs("Lines",
				"The lines themselves, the newest first. Their trace is one click away, in their details.")
			.noValue(NONE)
			.query(Query.logs(CHOSEN));
	}

}
