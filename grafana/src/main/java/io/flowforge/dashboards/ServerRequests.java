package io.flowforge.dashboards;

import java.util.List;
import java.util.stream.Stream;

/**
 * The requests that a service has answered on the chosen instances and routes, without
 * those to the actuator. As in the recording rules, each instance counts by Micrometer's
 * metric, or by OpenTelemetry's if it has only that. Labels have Micrometer's names.
 */
final class ServerRequests {

	/**
	 * Per second, at each moment.
	 */
	static final String RATE = "rate(%s[$__rate_interval])";

	/**
	 * In all of the time that is looked at.
	 */
	static final String INCREASE = "increase(%s[$__range])";

	/**
	 * The first digit of the status.
	 */
	static final String STATUS_CLASS = "status_class";

	private static final List<Label> LABELS = List.of(new Label("method", "method", "http_request_method", "(.+)"),
			new Label("uri", "uri", "http_route", "(.+)"), new Label("exception", "exception", "error_type", "(.+)"),
			new Label(STATUS_CLASS, "status", "http_response_status_code", "(.).."));

	private final String instances;

	/**
	 * Create the requests of some instances.
	 * @param instances matchers of the instances
	 */
	ServerRequests(String instances) {
		this.instances = instances;
	}

	/**
	 * Routes that were called in the time range.
	 * @param service matchers of the service
	 * @return an expression with a row for each route, in the label {@code uri}
	 */
	static String routes(String service) {
		String present = "present_over_time(%s[$__range])";
		return union("group", List.of("uri"), present.formatted(micrometer(Metrics.HTTP_SERVER_COUNT, service)),
				present.formatted(openTelemetry(Metrics.OTEL_HTTP_SERVER_COUNT, service)));
	}

	/**
	 * How many requests there were.
	 * @param change what is asked of each counter, such as {@link #RATE}
	 * @param by the labels that are kept
	 * @return an expression
	 */
	String count(String change, String... by) {
		return sum(change, List.of(by), Metrics.HTTP_SERVER_COUNT, "", Metrics.OTEL_HTTP_SERVER_COUNT, "");
	}

	/**
	 * How many requests were answered with a 5xx.
	 * @param change what is asked of each counter, such as {@link #RATE}
	 * @param by the labels that are kept
	 * @return an expression
	 */
	String failed(String change, String... by) {
		return sum(change, List.of(by), Metrics.HTTP_SERVER_COUNT, ", status=~\"5..\"", Metrics.OTEL_HTTP_SERVER_COUNT,
				", http_response_status_code=~\"5..\"");
	}

	/**
	 * How many requests took no longer than {@code le}.
	 * @param change what is asked of each counter, such as {@link #RATE}
	 * @param by the labels that are kept, {@code le} among them
	 * @return an expression
	 */
	String buckets(String change, String... by) {
		return sum(change, List.of(by), Metrics.HTTP_SERVER_BUCKET, "", Metrics.OTEL_HTTP_SERVER_BUCKET, "");
	}

	private String sum(String change, List<String> by, String micrometer, String ofMicrometer, String openTelemetry,
			String ofOpenTelemetry) {
		return union("sum", by,
				change.formatted(micrometer(micrometer, this.instances + ", uri=~\"$route\"" + ofMicrometer)),
				change.formatted(
						openTelemetry(openTelemetry, this.instances + ", http_route=~\"$route\"" + ofOpenTelemetry)));
	}

	private static String micrometer(String metric, String matchers) {
		return "%s{%s, uri!~\"/actuator(/.*)?\"}".formatted(metric, matchers);
	}

	private static String openTelemetry(String metric, String matchers) {
		return "%s{%s, http_route!~\"(/[!-.0-~]+)?/actuator(/.*)?\"}".formatted(metric, matchers);
	}

	private static String union(String aggregation, List<String> by, String micrometer, String openTelemetry) {
		String left = micrometer;
		String right = openTelemetry;
		for (Label label : labels(by).toList()) {
			left = label.in(left, label.micrometer());
			right = label.in(right, label.openTelemetry());
		}
		return """
				%s by (%s) (
				  %s
				  or on (job, instance)
				  %s
				)""".formatted(aggregation, String.join(", ", by), left, right);
	}

	private static Stream<Label> labels(List<String> names) {
		return LABELS.stream().filter((label) -> names.contains(label.name()));
	}

	/**
	 * A label that has another name in each metric.
	 *
	 * @param name its name in the result
	 * @param micrometer its name in Micrometer's metric
	 * @param openTelemetry its name in OpenTelemetry's metric
	 * @param value what of its value is kept, as a group of a regular expression
	 */
	private record Label(String name, String micrometer, String openTelemetry, String value) {

		String in(String expression, String source) {
			return source.equals(this.name) ? expression : "label_replace(%s, \"%s\", \"$1\", \"%s\", \"%s\")"
				.formatted(expression, this.name, source, this.value);
		}

	}

}
