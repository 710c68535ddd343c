package io.flowforge.observability.benchmarks.comparison;

import java.io.IOException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;

/**
 * What Prometheus reads: it asks for OpenMetrics, which has exemplars.
 *
 * @param text the metrics
 */
record Scrape(String text) {

	static Scrape of(int port) throws IOException {
		URLConnection connection = URI.create("http://127.0.0.1:%d/actuator/prometheus".formatted(port))
			.toURL()
			.openConnection();
		connection.setRequestProperty("Accept", "application/openmetrics-text;version=1.0.0");
		return new Scrape(new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
	}

	int bytes() {
		return this.text.getBytes(StandardCharsets.UTF_8).length;
	}

	long series() {
		return this.text.lines().filter((line) -> !line.startsWith("#")).count();
	}

	long buckets() {
		return this.text.lines().filter((line) -> line.contains("_bucket{")).count();
	}

}
