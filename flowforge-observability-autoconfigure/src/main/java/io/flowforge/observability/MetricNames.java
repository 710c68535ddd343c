package io.flowforge.observability;

/**
 * Names of the metrics that this library adds, as Micrometer knows them. Prometheus
 * writes {@code _} for {@code .}, and appends {@code _total} to counters. Rules, alerts
 * and dashboards use these names.
 */
public final class MetricNames {

	/**
	 * Gauge, always 1. Tags: {@code team}, {@code slack_channel}.
	 */
	public static final String SERVICE_INFO = "flowforge.service.info";

	/**
	 * Gauge, always 1, where the version of the service is known. Tag: {@code version}.
	 */
	public static final String SERVICE_VERSION = "flowforge.service.version";

	/**
	 * Gauge, always 1: the environment of the service's traces and logs, and the service
	 * that they name. Tags: {@code name}, because the {@code environment} of a target
	 * hides a label of that name, and {@code service_name}.
	 */
	public static final String SERVICE_ENVIRONMENT = "flowforge.service.environment";

	/**
	 * Gauge: a limit of the service. Tag: {@code alert}.
	 */
	public static final String ALERT_THRESHOLD = "flowforge.alert.threshold";

	/**
	 * Gauge: the share of requests that must not fail over 30 days.
	 */
	public static final String SLO_OBJECTIVE = "flowforge.slo.objective";

	/**
	 * Counter: requests that count, judged by the service. Tags: {@code failed},
	 * {@code slow}.
	 */
	public static final String HTTP_REQUESTS = "flowforge.http.requests";

	/**
	 * Timer: the same requests, for all routes together. It has a bucket exactly at the
	 * service's latency limit.
	 */
	public static final String HTTP_REQUEST_DURATION = "flowforge.http.request.duration";

	/**
	 * Gauge: 0 if the health endpoint would answer 500 or more, 1 otherwise. Tag:
	 * {@code component}.
	 */
	public static final String HEALTH_UP = "flowforge.health.up";

	/**
	 * Gauge, always 1: the status of a component that is not UP. Tags: {@code component},
	 * {@code status}.
	 */
	public static final String HEALTH_STATUS = "flowforge.health.status";

	/**
	 * Counter: spans and log records. Tags: {@code signal}, {@code result}.
	 */
	public static final String TELEMETRY_ITEMS = "flowforge.telemetry.items";

	/**
	 * Gauge: spans or log records that wait. Tag: {@code signal}.
	 */
	public static final String TELEMETRY_QUEUE_SIZE = "flowforge.telemetry.queue.size";

	/**
	 * Gauge: how many spans or log records can wait. Tag: {@code signal}.
	 */
	public static final String TELEMETRY_QUEUE_CAPACITY = "flowforge.telemetry.queue.capacity";

	/**
	 * Counter: unsampled traces that were exported because their request failed or was
	 * slow.
	 */
	public static final String TRACES_KEPT = "flowforge.traces.kept";

	/**
	 * Counter: unsampled traces evicted before their request ended. Tag: {@code reason}.
	 */
	public static final String TRACES_EVICTED = "flowforge.traces.evicted";

	/**
	 * Gauge: unsampled spans that are buffered until their request ends.
	 */
	public static final String SPANS_HELD = "flowforge.spans.held";

	private MetricNames() {
	}

}
