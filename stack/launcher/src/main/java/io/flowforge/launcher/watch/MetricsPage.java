package io.flowforge.launcher.watch;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.flowforge.launcher.Http;

/**
 * What a service answers when it is asked for its metrics.
 *
 * @param address the address that was asked
 * @param verdict what came of it
 * @param detail what the verdict is about, such as a status or an error
 * @param text the metrics; empty unless the verdict is {@link Verdict#METRICS}
 */
record MetricsPage(URI address, Verdict verdict, String detail, String text) {

	/**
	 * What a metrics page can be.
	 */
	enum Verdict {

		/** Metrics of a service with the starter. */
		METRICS,

		/** The name of the host has no address. */
		UNKNOWN_HOST,

		/** Nobody listens at the address. */
		REFUSED,

		/** The server answered too late, or not in HTTP. */
		NO_ANSWER,

		/** The service requires a login. */
		DENIED,

		/** There is nothing at that path. */
		NOT_FOUND,

		/** Another status. */
		OTHER_STATUS,

		/** A page, but none with metrics for Prometheus. */
		NOT_METRICS,

		/** Metrics for Prometheus, but not those of the starter. */
		NOT_OURS

	}

	private static final int OK = 200;

	private static final int UNAUTHORIZED = 401;

	private static final int FORBIDDEN = 403;

	private static final int NOT_FOUND = 404;

	private static final Pattern METRIC = Pattern.compile("(?m)^[a-zA-Z_:][a-zA-Z0-9_:]*(\\{.*})? \\S+$");

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

	/**
	 * Ask a service for its metrics, as Prometheus would.
	 * @param address their address
	 * @return what came of it
	 */
	static MetricsPage ask(URI address) {
		HttpResponse<String> response;
		try {
			response = Http.send(HttpRequest.newBuilder(address).header("Accept", "text/plain;version=0.0.4"));
		}
		catch (UncheckedIOException ex) {
			return new MetricsPage(address, failure(ex.getCause()), String.valueOf(ex.getCause().getMessage()), "");
		}
		String status = Integer.toString(response.statusCode());
		return switch (response.statusCode()) {
			case OK -> new MetricsPage(address, content(response.body()), status, response.body());
			case UNAUTHORIZED, FORBIDDEN -> new MetricsPage(address, Verdict.DENIED, status, "");
			case NOT_FOUND -> new MetricsPage(address, Verdict.NOT_FOUND, status, "");
			default -> new MetricsPage(address, redirectsToLogin(response) ? Verdict.DENIED : Verdict.OTHER_STATUS,
					status, "");
		};
	}

	private static Verdict failure(Throwable failure) {
		if (failure instanceof ConnectException) {
			return (failure.getCause() != null && failure.getCause().getCause() instanceof UnresolvedAddressException)
					? Verdict.UNKNOWN_HOST : Verdict.REFUSED;
		}
		return Verdict.NO_ANSWER;
	}

	// What Spring Security's form login does in place of a 401.
	private static boolean redirectsToLogin(HttpResponse<String> response) {
		return response.statusCode() / 100 == 3
				&& response.headers().firstValue("Location").filter((to) -> to.contains("login")).isPresent();
	}

	private static Verdict content(String body) {
		if (!METRIC.matcher(body).find()) {
			return Verdict.NOT_METRICS;
		}
		return (body.contains("\nflowforge_service_info{") || body.startsWith("flowforge_service_info{"))
				? Verdict.METRICS : Verdict.NOT_OURS;
	}

	/**
	 * A label of a metric.
	 * @param metric the name of the metric
	 * @param label the name of the label
	 * @return its value in the first row of the metric
	 */
	Optional<String> label(String metric, String label) {
		return rows(metric).findFirst().map((labels) -> labels.get(label)).filter((value) -> !value.isEmpty());
	}

	private Stream<Map<String, String>> rows(String metric) {
		return this.text.lines().filter((line) -> line.startsWith(metric + "{")).map(MetricsPage::labels);
	}

	private static Map<String, String> labels(String line) {
		Map<String, String> labels = new LinkedHashMap<>();
		Matcher matcher = LABEL.matcher(line);
		while (matcher.find()) {
			labels.put(matcher.group(1), matcher.group(2).replaceAll("\\\\(.)", "$1"));
		}
		return labels;
	}

	/**
	 * The limits that the service sets for itself.
	 * @return by alert, the limit
	 */
	Map<String, Double> limits() {
		Map<String, Double> limits = new LinkedHashMap<>();
		this.text.lines()
			.filter((line) -> line.startsWith("flowforge_alert_threshold{"))
			.forEach((line) -> limits.put(labels(line).getOrDefault("alert", ""),
					Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))));
		return limits;
	}

}
