package io.flowforge.dashboards;

import java.util.Locale;

/**
 * Names of the recording rules in {@code prometheus-rules}. Dashboards show the values
 * that the alerts compare.
 */
final class Rules {

	static final String SERVICE = "flowforge:service";

	static final String SERVICE_OWNER = "flowforge:service_owner";

	static final String ALERT_THRESHOLD = "flowforge:alert_threshold";

	static final String HTTP_REQUESTS = "flowforge:http_requests:rate5m";

	static final String HTTP_ERRORS = "flowforge:http_errors:rate5m";

	static final String HTTP_ERROR_RATIO = "flowforge:http_error_ratio:rate5m";

	static final String HTTP_REQUESTS_BUCKET = "flowforge:http_requests_bucket:rate5m";

	static final String HTTP_P99 = "flowforge:http_p99_seconds:rate5m";

	static final String SERVICE_WITH_EXACT_LATENCY = "flowforge:service_with_exact_latency";

	static final String HTTP_SLOW_RATIO = "flowforge:http_slow_ratio:rate5m";

	static final String ERROR_BUDGET_BURN_1H = "flowforge:error_budget_burn:rate1h";

	static final String ERROR_BUDGET_BURN_6H = "flowforge:error_budget_burn:rate6h";

	static final String ERROR_BUDGET_REMAINING = "flowforge:error_budget_remaining:ratio30d";

	static final String ALERT_AT_TODAYS_LIMIT = "flowforge:alert_at_todays_limit_seconds:sum7d";

	static final String ALERT_FIRING = "flowforge:alert_firing_seconds:sum7d";

	// Its labels are addresses.
	static final String LINKS = "flowforge:dashboard_links";

	private Rules() {
	}

	/**
	 * A limit that each service has.
	 */
	enum Limit {

		ERROR_RATIO, LATENCY_P99_SECONDS, MIN_REQUEST_RATE, SLO_OBJECTIVE;

		/**
		 * The limits of all services.
		 * @return a selector
		 */
		String selector() {
			return "%s{alert=\"%s\"}".formatted(ALERT_THRESHOLD, label());
		}

		/**
		 * The limits of some services.
		 * @param matchers which services
		 * @return a selector
		 */
		String of(String matchers) {
			return "%s{alert=\"%s\", %s}".formatted(ALERT_THRESHOLD, label(), matchers);
		}

		private String label() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
