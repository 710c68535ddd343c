package io.flowforge.observability.logging;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.flowforge.observability.export.ExportStatistics;
import io.flowforge.observability.export.Signal;
import io.flowforge.observability.redaction.SecretKeys;
import io.opentelemetry.api.logs.LoggerProvider;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.sdk.logs.LogLimits;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.resources.Resource;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/**
 * Connects Logback's events with the logger provider of an application context for as
 * long as it lives.
 */
final class LogExport implements InitializingBean, DisposableBean {

	// Of two seconds, with what the SDK itself takes to shut down and some for all else.
	private static final Duration PATIENCE = Duration.ofMillis(1200);

	private static final Duration LEAST_PATIENCE = Duration.ofMillis(300);

	private final LogRecords records;

	private final SecretKeys secretKeys;

	private final List<LogRecordExporter> exporters;

	private final Resource resource;

	private final LogLimits limits;

	private final ExportStatistics statistics;

	LogExport(LoggerProvider loggerProvider, SecretKeys secretKeys, List<LogRecordExporter> exporters,
			Resource resource, LogLimits limits, ExportStatistics statistics) {
		this.records = new LogRecords(loggerProvider, secretKeys);
		this.secretKeys = secretKeys;
		this.exporters = exporters;
		this.resource = resource;
		this.limits = limits;
		this.statistics = statistics;
	}

	@Override
	public void afterPropertiesSet() {
		OpenTelemetryAppender.attach();
		LogRelay.INSTANCE.connect(this.records, (count) -> this.statistics.countDropped(Signal.LOGS, count));
	}

	@Override
	public void destroy() {
		long closing = System.nanoTime();
		LogRelay.INSTANCE.disconnect(this.records, new LastLines(this::target, this.secretKeys, () -> {
			Duration left = PATIENCE.minusNanos(System.nanoTime() - closing);
			return (left.compareTo(LEAST_PATIENCE) > 0) ? left : LEAST_PATIENCE;
		}));
	}

	private Optional<ExportTarget> target() {
		List<LogRecordExporter> copies = this.exporters.stream().flatMap(LogExport::copyOf).toList();
		return copies.isEmpty() ? Optional.empty()
				: Optional.of(new ExportTarget(LogRecordExporter.composite(copies), this.resource, this.limits));
	}

	// The beans are closed with their context. Exporters of the user's own cannot be
	// copied.
	private static Stream<LogRecordExporter> copyOf(LogRecordExporter exporter) {
		if (exporter instanceof OtlpHttpLogRecordExporter http) {
			return Stream.of(http.toBuilder().build());
		}
		return (exporter instanceof OtlpGrpcLogRecordExporter grpc) ? Stream.of(grpc.toBuilder().build())
				: Stream.empty();
	}

}
