package io.flowforge.dashboards;

import io.flowforge.observability.MetricNames;

/**
 * Names of metrics in Prometheus.
 */
final class Metrics {

	// --- The starter's -----------------------------------------------------------------

	static final String SERVICE_VERSION = gauge(MetricNames.SERVICE_VERSION);

	static final String HTTP_REQUEST_DURATION_BUCKET = gauge(MetricNames.HTTP_REQUEST_DURATION) + "_seconds_bucket";

	static final String HEALTH_UP = gauge(MetricNames.HEALTH_UP);

	static final String TELEMETRY_ITEMS = counter(MetricNames.TELEMETRY_ITEMS);

	static final String TELEMETRY_QUEUE_SIZE = gauge(MetricNames.TELEMETRY_QUEUE_SIZE);

	static final String TELEMETRY_QUEUE_CAPACITY = gauge(MetricNames.TELEMETRY_QUEUE_CAPACITY);

	static final String TRACES_KEPT = counter(MetricNames.TRACES_KEPT);

	static final String TRACES_EVICTED = counter(MetricNames.TRACES_EVICTED);

	// --- Micrometer's and Spring Boot's -----------------------------------------------

	static final String HTTP_SERVER_COUNT = "http_server_requests_seconds_count";

	static final String HTTP_SERVER_BUCKET = "http_server_requests_seconds_bucket";

	// The same requests, from services with OpenTelemetry's convention.
	static final String OTEL_HTTP_SERVER_COUNT = "http_server_request_duration_seconds_count";

	static final String OTEL_HTTP_SERVER_BUCKET = "http_server_request_duration_seconds_bucket";

	static final String HTTP_CLIENT_COUNT = "http_client_requests_seconds_count";

	// Only where a service asks Spring Boot for it.
	static final String HTTP_CLIENT_BUCKET = "http_client_requests_seconds_bucket";

	static final String HTTP_CLIENT_SUM = "http_client_requests_seconds_sum";

	static final String PROCESS_START_TIME = "process_start_time_seconds";

	static final String PROCESS_CPU_USAGE = "process_cpu_usage";

	static final String SYSTEM_CPU_USAGE = "system_cpu_usage";

	static final String JVM_MEMORY_USED = "jvm_memory_used_bytes";

	static final String JVM_MEMORY_MAX = "jvm_memory_max_bytes";

	static final String JVM_GC_PAUSE_SUM = "jvm_gc_pause_seconds_sum";

	static final String JVM_THREADS_STATES = "jvm_threads_states_threads";

	static final String TOMCAT_BUSY = "tomcat_threads_busy_threads";

	static final String TOMCAT_MAX = "tomcat_threads_config_max_threads";

	static final String JETTY_BUSY = "jetty_threads_busy";

	static final String JETTY_MAX = "jetty_threads_config_max";

	static final String HIKARI_ACTIVE = "hikaricp_connections_active";

	static final String HIKARI_PENDING = "hikaricp_connections_pending";

	static final String HIKARI_MAX = "hikaricp_connections_max";

	static final String EXECUTOR_ACTIVE = "executor_active_threads";

	static final String EXECUTOR_QUEUED = "executor_queued_tasks";

	static final String EXECUTOR_MAX = "executor_pool_max_threads";

	static final String LOGBACK_EVENTS = "logback_events_total";

	// --- Prometheus's own -------------------------------------------------------------

	static final String UP = "up";

	static final String ALERTS = "ALERTS";

	// Since when each of them is pending or firing, in seconds.
	static final String ALERTS_FOR_STATE = "ALERTS_FOR_STATE";

	static final String SCRAPE_DURATION = "scrape_duration_seconds";

	static final String RULE_GROUP_DURATION = "prometheus_rule_group_last_duration_seconds";

	static final String RULE_GROUP_INTERVAL = "prometheus_rule_group_interval_seconds";

	static final String RULE_FAILURES = "prometheus_rule_evaluation_failures_total";

	static final String RULE_GROUP_MISSED = "prometheus_rule_group_iterations_missed_total";

	static final String PROMETHEUS_SERIES = "prometheus_tsdb_head_series";

	static final String PROMETHEUS_SAMPLES = "prometheus_tsdb_head_samples_appended_total";

	static final String PROMETHEUS_NOTIFICATION_ERRORS = "prometheus_notifications_errors_total";

	static final String PROCESS_MEMORY = "process_resident_memory_bytes";

	// --- Alertmanager's ---------------------------------------------------------------

	static final String NOTIFICATIONS = "alertmanager_notifications_total";

	static final String NOTIFICATIONS_FAILED = "alertmanager_notifications_failed_total";

	static final String NOTIFICATION_LATENCY_BUCKET = "alertmanager_notification_latency_seconds_bucket";

	static final String ALERTMANAGER_ALERTS = "alertmanager_alerts";

	// --- The Collector's --------------------------------------------------------------

	static final String COLLECTOR_ACCEPTED_SPANS = "otelcol_receiver_accepted_spans";

	static final String COLLECTOR_ACCEPTED_LOGS = "otelcol_receiver_accepted_log_records";

	static final String COLLECTOR_REFUSED_SPANS = "otelcol_receiver_refused_spans";

	static final String COLLECTOR_REFUSED_LOGS = "otelcol_receiver_refused_log_records";

	static final String COLLECTOR_SENT_SPANS = "otelcol_exporter_sent_spans";

	static final String COLLECTOR_SENT_LOGS = "otelcol_exporter_sent_log_records";

	static final String COLLECTOR_FAILED_SPANS = "otelcol_exporter_send_failed_spans";

	static final String COLLECTOR_FAILED_LOGS = "otelcol_exporter_send_failed_log_records";

	static final String COLLECTOR_NOT_QUEUED_SPANS = "otelcol_exporter_enqueue_failed_spans";

	static final String COLLECTOR_NOT_QUEUED_LOGS = "otelcol_exporter_enqueue_failed_log_records";

	static final String COLLECTOR_QUEUE_SIZE = "otelcol_exporter_queue_size";

	static final String COLLECTOR_QUEUE_CAPACITY = "otelcol_exporter_queue_capacity";

	static final String COLLECTOR_MEMORY = "otelcol_process_memory_rss";

	// --- Loki's and Tempo's -----------------------------------------------------------

	static final String LOKI_LINES = "loki_distributor_lines_received_total";

	static final String LOKI_DISCARDED = "loki_discarded_samples_total";

	static final String LOKI_REQUEST_BUCKET = "loki_request_duration_seconds_bucket";

	static final String LOKI_RULE_FAILURES = "loki_prometheus_rule_evaluation_failures_total";

	static final String TEMPO_SPANS = "tempo_distributor_spans_received_total";

	static final String TEMPO_DISCARDED = "tempo_discarded_spans_total";

	static final String TEMPO_REQUEST_BUCKET = "tempo_request_duration_seconds_bucket";

	static final String GRAPH_REQUESTS = "traces_service_graph_request_total";

	static final String GRAPH_FAILED = "traces_service_graph_request_failed_total";

	static final String GRAPH_CLIENT_BUCKET = "traces_service_graph_request_client_seconds_bucket";

	private Metrics() {
	}

	private static String gauge(String name) {
		return name.replace('.', '_');
	}

	private static String counter(String name) {
		return gauge(name) + "_total";
	}

}
