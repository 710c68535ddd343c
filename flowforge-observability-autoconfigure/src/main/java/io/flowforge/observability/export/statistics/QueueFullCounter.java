package io.flowforge.observability.export.statistics;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleCounterBuilder;
import io.opentelemetry.api.metrics.DoubleGaugeBuilder;
import io.opentelemetry.api.metrics.DoubleHistogramBuilder;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongCounterBuilder;
import io.opentelemetry.api.metrics.LongUpDownCounterBuilder;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.MeterBuilder;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.metrics.ObservableLongCounter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.opentelemetry.context.Context;

/**
 * What only one of the SDK's batch processors itself can count: the items that found its
 * queue full. It counts them in a metric, by the semantic conventions for SDKs, and this
 * is all that it gets for a meter provider: the SDK's own would be some hundred classes
 * at each start for one number. A service's OpenTelemetry metrics, if it has any, are
 * left alone.
 */
final class QueueFullCounter implements MeterProvider, MeterBuilder, Meter, LongCounterBuilder, LongCounter {

	private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

	private static final String QUEUE_FULL = "queue_full";

	private static final Meter NOOP = MeterProvider.noop().get("noop");

	private final LongAdder dropped = new LongAdder();

	/**
	 * Return how many items the processor has dropped because its queue was full.
	 * @return the number of items
	 */
	long dropped() {
		return this.dropped.sum();
	}

	@Override
	public void add(long value, Attributes attributes) {
		if (QUEUE_FULL.equals(attributes.get(ERROR_TYPE))) {
			this.dropped.add(value);
		}
	}

	@Override
	public void add(long value, Attributes attributes, Context context) {
		add(value, attributes);
	}

	@Override
	public void add(long value) {
	}

	@Override
	public MeterBuilder meterBuilder(String instrumentationScopeName) {
		return this;
	}

	@Override
	public MeterBuilder setSchemaUrl(String schemaUrl) {
		return this;
	}

	@Override
	public MeterBuilder setInstrumentationVersion(String instrumentationScopeVersion) {
		return this;
	}

	@Override
	public QueueFullCounter build() {
		return this;
	}

	@Override
	public LongCounterBuilder counterBuilder(String name) {
		return this;
	}

	@Override
	public LongCounterBuilder setDescription(String description) {
		return this;
	}

	@Override
	public LongCounterBuilder setUnit(String unit) {
		return this;
	}

	@Override
	public DoubleCounterBuilder ofDoubles() {
		return NOOP.counterBuilder("noop").ofDoubles();
	}

	@Override
	public ObservableLongCounter buildWithCallback(Consumer<ObservableLongMeasurement> callback) {
		return NOOP.counterBuilder("noop").buildWithCallback(callback);
	}

	@Override
	public LongUpDownCounterBuilder upDownCounterBuilder(String name) {
		return NOOP.upDownCounterBuilder(name);
	}

	@Override
	public DoubleHistogramBuilder histogramBuilder(String name) {
		return NOOP.histogramBuilder(name);
	}

	@Override
	public DoubleGaugeBuilder gaugeBuilder(String name) {
		return NOOP.gaugeBuilder(name);
	}

}
