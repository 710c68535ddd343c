package io.flowforge.observability.export.statistics;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.InternalTelemetryVersion;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessorBuilder;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessorBuilder;

/**
 * What only the SDK's batch processors themselves can count: the items that found their
 * queue full. They write to a meter provider of their own, so that a service's
 * OpenTelemetry metrics, if it has any, are left alone; it is read only when somebody
 * asks.
 */
final class SdkSelfMetrics implements AutoCloseable {

	private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

	private static final String QUEUE_FULL = "queue_full";

	private final OnDemandReader reader = new OnDemandReader();

	private final SdkMeterProvider meterProvider = SdkMeterProvider.builder().registerMetricReader(this.reader).build();

	BatchSpanProcessorBuilder measure(BatchSpanProcessorBuilder processor) {
		return processor.setMeterProvider(this.meterProvider)
			.setInternalTelemetryVersion(InternalTelemetryVersion.LATEST);
	}

	BatchLogRecordProcessorBuilder measure(BatchLogRecordProcessorBuilder processor) {
		return processor.setMeterProvider(this.meterProvider)
			.setInternalTelemetryVersion(InternalTelemetryVersion.LATEST);
	}

	/**
	 * Return how many items a processor has dropped because its queue was full. The names
	 * of metric and attribute are those of the semantic conventions for SDKs.
	 * @param signal which kind of items
	 * @return the number of items
	 */
	long dropped(Signal signal) {
		String metric = "otel.sdk.processor." + signal.item() + ".processed";
		return this.reader.registration.collectAllMetrics()
			.stream()
			.filter((data) -> data.getName().equals(metric))
			.flatMap((data) -> data.getLongSumData().getPoints().stream())
			.filter((point) -> QUEUE_FULL.equals(point.getAttributes().get(ERROR_TYPE)))
			.mapToLong(LongPointData::getValue)
			.sum();
	}

	@Override
	public void close() {
		this.meterProvider.close();
	}

	private static final class OnDemandReader implements MetricReader {

		private volatile CollectionRegistration registration = CollectionRegistration.noop();

		@Override
		public void register(CollectionRegistration registration) {
			this.registration = registration;
		}

		@Override
		public AggregationTemporality getAggregationTemporality(InstrumentType instrumentType) {
			return AggregationTemporality.CUMULATIVE;
		}

		@Override
		public CompletableResultCode forceFlush() {
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode shutdown() {
			return CompletableResultCode.ofSuccess();
		}

	}

}
