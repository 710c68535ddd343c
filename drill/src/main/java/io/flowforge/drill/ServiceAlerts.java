package io.flowforge.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

import io.flowforge.launcher.config.Service;
import io.flowforge.launcher.runtime.Prometheus;

/**
 * What Prometheus says about one service: its alerts, its requests, its limits.
 */
final class ServiceAlerts {

	private final Prometheus prometheus;

	private final Service service;

	ServiceAlerts(Prometheus prometheus, Service service) {
		this.prometheus = prometheus;
		this.service = service;
	}

	/**
	 * The alerts about the service that are pending or firing.
	 * @return alerts, those that fire first
	 */
	List<Prometheus.ActiveAlert> active() {
		return this.prometheus.activeAlerts()
			.stream()
			.filter((alert) -> alert.label("application").equals(this.service.application())
					&& alert.label("environment").equals(this.service.environment()))
			.sorted(Comparator.comparing(Prometheus.ActiveAlert::firing)
				.reversed()
				.thenComparing(Prometheus.ActiveAlert::firesAt))
			.toList();
	}

	/**
	 * Describe alerts, with the countdown of those that are pending.
	 * @param alerts the alerts
	 * @return such as {@code FlowForgeServiceDown fires in 3 s}
	 */
	static String describe(List<Prometheus.ActiveAlert> alerts) {
		return alerts.stream().map(ServiceAlerts::describe).distinct().collect(Collectors.joining(", "));
	}

	private static String describe(Prometheus.ActiveAlert alert) {
		if (alert.firing()) {
			return alert.name() + " fires";
		}
		long seconds = Math.max(0, Duration.between(Instant.now(), alert.firesAt()).toSeconds());
		return "%s is pending and fires in %d s".formatted(alert.name(), seconds);
	}

	/**
	 * How many requests arrive.
	 * @return requests per second, 0 if none has ever arrived
	 */
	double requestRate() {
		return value("flowforge:http_requests:rate5m{%s}").orElse(0);
	}

	/**
	 * How many requests fail.
	 * @return the share of failed requests, 0 if there are none
	 */
	double errorRatio() {
		return value("flowforge:http_error_ratio:rate5m{%s}").orElse(0);
	}

	/**
	 * A limit of the service.
	 * @param name such as {@code error_ratio}
	 * @return the limit, once the rules have it
	 */
	OptionalDouble limit(String name) {
		return value("flowforge:alert_threshold{alert=\"" + name + "\",%s}");
	}

	/**
	 * The owner of the service.
	 * @return the team, if the service names one
	 */
	Optional<String> team() {
		return this.prometheus.query("flowforge:service_owner{%s,team!=\"unowned\"}".formatted(selector()))
			.stream()
			.map((owner) -> owner.label("team"))
			.findFirst();
	}

	/**
	 * Whether the rules know who owns the service.
	 * @return whether they do, be it nobody
	 */
	boolean hasOwner() {
		return !this.prometheus.query("flowforge:service_owner{%s}".formatted(selector())).isEmpty();
	}

	private OptionalDouble value(String expression) {
		return this.prometheus.query(expression.formatted(selector()))
			.stream()
			.mapToDouble(Prometheus.Sample::value)
			.filter((value) -> !Double.isNaN(value))
			.findFirst();
	}

	private String selector() {
		return "environment=\"%s\",application=\"%s\"".formatted(escaped(this.service.environment()),
				escaped(this.service.application()));
	}

	private static String escaped(String label) {
		return label.replace("\\", "\\\\").replace("\"", "\\\"");
	}

}
