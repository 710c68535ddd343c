package io.flowforge.observability.endpoint;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;
import io.flowforge.observability.ServiceIdentity;
import io.flowforge.observability.export.statistics.Signal;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * Logs one line about the observability of a service that has started, and one for each
 * finding.
 */
final class StartupReport implements ApplicationListener<ApplicationStartedEvent>, DisposableBean {

	private static final Log logger = LogFactory.getLog(StartupReport.class);

	private static final String VERSION_FILE = "flowforge-observability-version.properties";

	// A job that ends soon after its start has time to log its findings.
	private static final Duration FINDINGS_TIMEOUT = Duration.ofMillis(500);

	private final ApplicationContext context;

	private final ServiceIdentity identity;

	private final TelemetryDestinations destinations;

	private final @Nullable MetricsAddress metrics;

	private final ObjectProvider<Findings> findings;

	private @Nullable Thread findingsThread;

	StartupReport(ApplicationContext context, ServiceIdentity identity, TelemetryDestinations destinations,
			@Nullable MetricsAddress metrics, ObjectProvider<Findings> findings) {
		this.context = context;
		this.identity = identity;
		this.destinations = destinations;
		this.metrics = metrics;
		this.findings = findings;
	}

	@Override
	public void onApplicationEvent(ApplicationStartedEvent event) {
		// Events of a child context arrive here, too.
		if (event.getApplicationContext() != this.context) {
			return;
		}
		logger
			.info("FlowForge Observability %s: service %s, environment %s, team %s. Traces: %s. Logs: %s. Metrics: %s."
				.formatted(version(), this.identity.application(), this.identity.environment(), this.identity.team(),
						destination(Signal.TRACES), destination(Signal.LOGS), metrics()));
		logFindingsInBackground(this.findings.orderedStream().toList());
	}

	private String destination(Signal signal) {
		return Objects.requireNonNullElse(this.destinations.of(signal), "not exported");
	}

	private String metrics() {
		return Objects.requireNonNullElse((this.metrics != null) ? this.metrics.find() : null, "not exposed");
	}

	private static String version() {
		try {
			return PropertiesLoaderUtils
				.loadProperties(new ClassPathResource(VERSION_FILE, StartupReport.class.getClassLoader()))
				.getProperty("version");
		}
		catch (IOException ex) {
			return "of an unknown version";
		}
	}

	// Some findings take a while, and a service may have findings of its own: the start
	// does not wait for them.
	private void logFindingsInBackground(List<Findings> sources) {
		Thread thread = new Thread(() -> logFindings(sources), "flowforge-findings");
		thread.setDaemon(true);
		thread.start();
		this.findingsThread = thread;
	}

	private static void logFindings(List<Findings> sources) {
		for (Finding finding : FindingsReader.read(sources)) {
			String line = finding.subject() + ": " + finding.message();
			switch (finding.level()) {
				case WARN -> logger.warn(line);
				case INFO -> logger.info(line);
			}
		}
	}

	@Override
	public void destroy() throws InterruptedException {
		if (this.findingsThread != null) {
			this.findingsThread.join(FINDINGS_TIMEOUT.toMillis());
		}
	}

}
