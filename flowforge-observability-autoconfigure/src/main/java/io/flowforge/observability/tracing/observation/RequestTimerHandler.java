package io.flowforge.observability.tracing.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Micrometer's handler, which looks up the timer of a series once, and not for each
 * request.
 */
final class RequestTimerHandler extends DefaultMeterObservationHandler {

	private final MeterRegistry registry;

	private final boolean timersOnly;

	// Replaced as a whole, so that a timer that is looked up while another is removed
	// does not get into the new one.
	private volatile Map<RequestSeries, Timer> timers = new ConcurrentHashMap<>();

	RequestTimerHandler(MeterRegistry registry, IgnoredMeters... ignoredMeters) {
		super(registry, ignoredMeters);
		this.registry = registry;
		this.timersOnly = List.of(ignoredMeters).contains(IgnoredMeters.LONG_TASK_TIMER);
		registry.config().onMeterRemoved((meter) -> this.timers = new ConcurrentHashMap<>());
	}

	@Override
	public void onStop(Observation.Context context) {
		RequestSeries series = (this.timersOnly && context instanceof RequestObservationContext request)
				? request.findSeries() : null;
		if (series == null || !series.name().equals(context.getName())) {
			super.onStop(context);
			return;
		}
		Timer.Sample sample = context.getRequired(Timer.Sample.class);
		sample.stop(timer(series, context.getError()));
	}

	private Timer timer(RequestSeries series, @Nullable Throwable error) {
		Map<RequestSeries, Timer> known = this.timers;
		Timer timer = known.get(series);
		if (timer == null) {
			timer = this.registry.timer(series.name(), tags(series, error));
			known.put(series, timer);
		}
		return timer;
	}

	// The same as Micrometer's.
	private static List<Tag> tags(RequestSeries series, @Nullable Throwable error) {
		List<Tag> tags = new ArrayList<>();
		for (KeyValue keyValue : series.keyValues()) {
			tags.add(Tag.of(keyValue.getKey(), keyValue.getValue()));
		}
		tags.add(Tag.of("error", (error != null) ? error.getClass().getSimpleName() : KeyValue.NONE_VALUE));
		return tags;
	}

}
