package io.flowforge.samples.inbox.now;

import java.util.regex.Pattern;

import io.flowforge.samples.inbox.now.Prometheus.FailedScrape;

/**
 * Explains a failed scrape: a service that answers Prometheus with 401 is not down.
 */
final class ScrapeHint {

	private static final Pattern NOT_ALLOWED = Pattern.compile("HTTP status 40[13]\\b");

	private ScrapeHint() {
	}

	static String of(FailedScrape scrape) {
		String reason = "Prometheus cannot scrape %s: %s.".formatted(scrape.url(),
				scrape.error().isBlank() ? "no reason given" : scrape.error().strip());
		if (NOT_ALLOWED.matcher(scrape.error()).find()) {
			return reason + " The service is up but does not let Prometheus in: permit this path in its security "
					+ "configuration, as the runbook shows.";
		}
		return reason;
	}

}
