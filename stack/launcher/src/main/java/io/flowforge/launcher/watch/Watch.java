package io.flowforge.launcher.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.Terminal;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.layout.DataFolder;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.runtime.Prometheus;
import io.flowforge.launcher.runtime.Stack;

/**
 * Adds a service to those that are watched, and shows what Prometheus then knows about
 * it.
 */
public final class Watch {

	/**
	 * Prometheus takes up to 5 s to notice a target, and up to 15 s for its first scrape.
	 */
	private static final Duration SCRAPE_TIMEOUT = Duration.ofSeconds(40);

	private static final String DEFAULT_ENVIRONMENT = "default";

	private static final String ROW = "  %-12s %s";

	private static final int PERCENT = 100;

	private final Repository repository;

	private final Stack stack;

	private final Terminal terminal;

	public Watch(Repository repository, Stack stack, Terminal terminal) {
		this.repository = repository;
		this.stack = stack;
		this.terminal = terminal;
	}

	/**
	 * Have a service watched.
	 * @param request the service
	 * @return whether Prometheus gets its metrics
	 * @throws StackException if the service cannot be a target; then nothing has changed
	 */
	public boolean run(WatchRequest request) {
		if (!this.stack.isUp(Part.PROMETHEUS)) {
			throw new StackException(
					"Prometheus does not answer, so nothing can be watched: 'make dev' starts it again.");
		}
		refuseWhatIsWatchedAlready(request);
		Instant start = Instant.now();
		MetricsPage page = MetricsPage.ask(request.metrics());
		Optional<String> exported = page.label("flowforge_service_environment", "name");
		String environment = request.environment().isEmpty() ? exported.orElse(DEFAULT_ENVIRONMENT)
				: request.environment();
		put(request, environment);
		Terminal.Step step = this.terminal.begin("Waiting for Prometheus to scrape " + request.name(),
				"up to 20 seconds");
		List<Prometheus.Target> targets = firstScrape(request, environment, start);
		step.done("");
		this.terminal.say("");
		Optional<Prometheus.Target> down = targets.stream().filter((target) -> !target.isUp()).findFirst();
		if (down.isPresent()) {
			sayWhyNot(request, environment, down.get());
			return false;
		}
		MetricsPage scraped = MetricsPage.ask(request.metrics());
		if (scraped.verdict() != MetricsPage.Verdict.METRICS) {
			sayWhatIsMissing(request, environment, scraped);
			return false;
		}
		sayWhatIsTrue(request, environment, exported, scraped);
		return true;
	}

	private void refuseWhatIsWatchedAlready(WatchRequest request) {
		this.stack.configuration().targets().instances().forEach((service, addresses) -> {
			for (URI url : request.urls()) {
				if (addresses.contains(url.getRawAuthority()) && !service.application().equals(request.name())) {
					throw new StackException("URL=%s is watched already, as %s (%s)%s.".formatted(
							url.getScheme() + "://" + url.getRawAuthority(), service.application(),
							service.environment(),
							names(this.stack.data()).contains(service.application())
									? ": 'make unwatch NAME=%s' ends that".formatted(service.application())
									: ", by a file in stack/prometheus/targets"));
				}
			}
		});
	}

	private void put(WatchRequest request, String environment) {
		Path file = file(this.stack.data(), request.name());
		try {
			Optional<String> before = Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
			DataFolder.write(file, request.targetFile(environment));
			try {
				this.stack.configure();
			}
			catch (StackException ex) {
				if (before.isPresent()) {
					DataFolder.write(file, before.get());
				}
				else {
					Files.delete(file);
				}
				throw ex;
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Path file(DataFolder data, String name) {
		return data.targets().resolve(name + ".yml");
	}

	// Of the instances that were given now: those of an earlier watch are targets for a
	// few seconds more. What an earlier scrape of them found may be over by now.
	private List<Prometheus.Target> firstScrape(WatchRequest request, String environment, Instant start) {
		Prometheus prometheus = this.stack.prometheus();
		Set<Integer> ports = request.urls().stream().map(URI::getPort).collect(Collectors.toSet());
		return Waiting
			.forValue("Prometheus has not scraped %s yet".formatted(request.name()), SCRAPE_TIMEOUT,
					() -> Optional.of(prometheus.targets(environment, request.name())
						.filter((target) -> ports.contains(URI.create(target.scrapeUrl()).getPort()))
						.filter((target) -> target.lastScrape().isAfter(start))
						.toList()).filter((targets) -> targets.size() == request.urls().size()));
	}

	private void sayWhyNot(WatchRequest request, String environment, Prometheus.Target target) {
		this.terminal
			.say("%s (%s) is watched, but Prometheus cannot scrape it.".formatted(request.name(), environment));
		this.terminal.say("");
		int port = URI.create(target.scrapeUrl()).getPort();
		MetricsPage page = MetricsPage
			.ask(request.urls().stream().filter((url) -> url.getPort() == port).findFirst().orElse(request.metrics()));
		Explanation explanation = (page.verdict() == MetricsPage.Verdict.METRICS)
				? Explanation.ofPrometheusAlone(target, this.stack.isInContainers())
				: Explanation.of(page, this.repository);
		this.terminal.say(ROW.formatted("reason", explanation.reason()));
		this.terminal.say(ROW.formatted("Prometheus", target.error().orElse("says nothing")));
		this.terminal.say("");
		explanation.advice().forEach((line) -> this.terminal.say(line.isEmpty() ? "" : "  " + line));
		this.terminal.say("");
		this.terminal.say(
				"As soon as it answers, it is watched in full. Until then, its owner gets the alert that it is down. To end that:");
		this.terminal.say("  make unwatch NAME=" + request.name());
	}

	private void sayWhatIsMissing(WatchRequest request, String environment, MetricsPage page) {
		this.terminal
			.say("%s (%s) is watched, but without what its alerts need.".formatted(request.name(), environment));
		this.terminal.say("");
		Explanation explanation = Explanation.of(page, this.repository);
		this.terminal.say(ROW.formatted("reason", explanation.reason()));
		this.terminal.say("");
		explanation.advice().forEach((line) -> this.terminal.say(line.isEmpty() ? "" : "  " + line));
	}

	private void sayWhatIsTrue(WatchRequest request, String environment, Optional<String> exported, MetricsPage page) {
		this.terminal.say("%s (%s) is watched.".formatted(request.name(), environment));
		this.terminal.say("");
		this.terminal.say(ROW.formatted("scrape", "up, " + request.metrics()));
		sayName(request, page);
		sayOwner(request, page);
		sayEnvironment(environment, exported);
		sayLimits(page);
		sayMessages(request, environment, page);
		this.terminal.say("");
		this.terminal.say("Next:");
		this.terminal
			.say("  make drill SERVICE=%-20s see an alert of it arrive, within a minute".formatted(request.name()));
		this.terminal.say("  make unwatch NAME=%-20s  end this; nobody is paged".formatted(request.name()));
	}

	// The links of an alert go by the name of the target.
	private void sayName(WatchRequest request, MetricsPage page) {
		page.label("flowforge_service_environment", "service_name")
			.filter((name) -> !name.equals(request.name()))
			.ifPresent((name) -> {
				this.terminal
					.say(ROW.formatted("name", "%s here, but %s in its traces and logs: links in alerts find nothing."
						.formatted(request.name(), name)));
				this.terminal.say(ROW.formatted("",
						"make unwatch NAME=%s, then make watch NAME=%s URL=…".formatted(request.name(), name)));
			});
	}

	private void sayOwner(WatchRequest request, MetricsPage page) {
		Optional<String> team = page.label("flowforge_service_info", "team");
		String channel = page.label("flowforge_service_info", "slack_channel").orElse("the default channel");
		this.terminal.say(ROW.formatted("owner",
				team.map((name) -> name + ", " + channel)
					.orElse("nobody. Say in its application.yml: flowforge.observability.service.team: %s"
						.formatted(request.team().isEmpty() ? "billing" : request.team()))));
		if (team.isPresent() && !request.team().isEmpty() && !request.team().equals(team.get())) {
			this.terminal
				.say(ROW.formatted("", "TEAM=%s differs: the service says %s (flowforge.observability.service.team)."
					.formatted(request.team(), team.get())));
		}
	}

	private void sayEnvironment(String environment, Optional<String> exported) {
		if (exported.isEmpty()) {
			this.terminal.say(ROW.formatted("environment",
					environment + " (what its traces and logs say is not known: its starter is older)"));
		}
		else if (exported.get().equals(environment)) {
			this.terminal.say(ROW.formatted("environment", environment + ", as in its traces and logs"));
		}
		else {
			this.terminal.say(
					ROW.formatted("environment", "%s here, but %s in its traces and logs: links in alerts find nothing."
						.formatted(environment, exported.get())));
			this.terminal
				.say(ROW.formatted("", "Leave ENVIRONMENT out, or set flowforge.observability.service.environment=%s."
					.formatted(environment)));
		}
	}

	private void sayLimits(MetricsPage page) {
		Map<String, Double> limits = page.limits();
		Function<String, Double> limit = (alert) -> limits.getOrDefault(alert, Double.NaN);
		this.terminal.say(ROW.formatted("limits", "%s %% of requests may fail, 99 of 100 take less than %s s"
			.formatted(number(limit.apply("error_ratio") * PERCENT), number(limit.apply("latency_p99_seconds")))));
	}

	private static String number(double value) {
		return BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
	}

	private void sayMessages(WatchRequest request, String environment, MetricsPage page) {
		Messages messages = new Messages(this.stack);
		Map<String, String> labels = Map.of("alertname", "FlowForgeHighErrorRatio", "severity", "critical", "category",
				"errors", "environment", environment, "application", request.name(), "team",
				page.label("flowforge_service_info", "team").orElse("unowned"));
		this.terminal.say(ROW.formatted("messages", messages.where()));
		this.terminal.say(ROW.formatted("", messages.muted(labels, Instant.now())));
	}

	/**
	 * The services that are watched with this command.
	 * @param data the stack's folder
	 * @return their names
	 */
	static List<String> names(DataFolder data) {
		return Repository.yamlFiles(data.targets())
			.stream()
			.map((file) -> file.getFileName().toString().replaceFirst("[.]yml$", ""))
			.toList();
	}

}
