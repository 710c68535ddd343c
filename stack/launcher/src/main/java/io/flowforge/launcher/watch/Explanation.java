package io.flowforge.launcher.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.runtime.Prometheus;

/**
 * Why a service cannot be scraped, and what its owner can do.
 *
 * @param reason one sentence
 * @param advice further lines, such as code to add
 */
record Explanation(String reason, List<String> advice) {

	private static final String SECURITY_PAGE = "docs/how-to/spring-security.md";

	private static final Pattern CODE = Pattern.compile("(?s)```java\\R(.*?)```");

	static Explanation of(MetricsPage page, Repository repository) {
		String address = page.address().toString();
		return switch (page.verdict()) {
			case METRICS -> new Explanation(address + " answers.", List.of());
			case UNKNOWN_HOST -> new Explanation("There is no host %s.".formatted(page.address().getHost()),
					List.of("Is its name misspelt? This machine finds no address for it."));
			case REFUSED -> new Explanation("Nobody listens at " + address + ".", List
				.of("Start the service, or give the address it really listens at: its log says 'Tomcat started on port …'."));
			case NO_ANSWER -> new Explanation("%s does not answer: %s.".formatted(address, page.detail()),
					List.of("Is it HTTPS (URL=https://…)? Does it hang? Look at its log and at a thread dump."));
			case DENIED ->
				new Explanation("%s answers %s: the service requires a login.".formatted(address, page.detail()),
						security(repository));
			case NOT_FOUND -> new Explanation("%s answers 404: nothing is there.".formatted(address), List.of(
					"Is the starter among its dependencies? Does management.endpoints.web.exposure.include keep 'prometheus'?",
					"With a management port or base path of its own, give that: URL=http://localhost:9001/manage/prometheus"));
			case OTHER_STATUS -> new Explanation("%s answers %s.".formatted(address, page.detail()),
					List.of("Look at the service's log."));
			case NOT_METRICS -> new Explanation("%s answers, but not with metrics.".formatted(address),
					List.of("Is this another program? A Spring Boot service has its metrics at /actuator/prometheus."));
			case NOT_OURS -> new Explanation("%s has metrics, but not those of the starter.".formatted(address), List
				.of("Add io.flowforge:flowforge-observability-starter to the service: README.md, \"Now your own service\".",
						"Without it there are no limits, no owner and no links to its traces."));
		};
	}

	/**
	 * Why Prometheus cannot scrape a service that answers this machine.
	 * @param target the service as Prometheus sees it
	 * @param inContainer whether Prometheus runs in a container
	 * @return the explanation
	 */
	static Explanation ofPrometheusAlone(Prometheus.Target target, boolean inContainer) {
		String reason = "It answers this machine, but not Prometheus, which asks %s."
			.formatted(target.scrapeUrl().replaceFirst("[?].*", ""));
		return inContainer ? new Explanation(reason, List.of(
				"Prometheus runs in a container and reaches this machine from outside: have the service listen at all",
				"addresses (server.address=0.0.0.0), and let the firewall pass the port."))
				: new Explanation(reason,
						List.of("What Prometheus says is above; the same request from here succeeds."));
	}

	// The very lines that the page shows, which a test proves.
	private static List<String> security(Repository repository) {
		List<String> lines = new ArrayList<>(
				List.of("Spring Security guards its endpoints. To let Prometheus in, add this to the service:", ""));
		Path page = repository.root().resolve(SECURITY_PAGE);
		try {
			Matcher code = CODE.matcher(Files.exists(page) ? Files.readString(page) : "");
			if (code.find()) {
				code.group(1).lines().map((line) -> "    " + line.replace("\t", "    ")).forEach(lines::add);
				lines.add("");
			}
		}
		catch (IOException ex) {
			// The page's name is said all the same.
		}
		lines.add(SECURITY_PAGE + " has more ways, such as a password for Prometheus.");
		return lines;
	}

}
