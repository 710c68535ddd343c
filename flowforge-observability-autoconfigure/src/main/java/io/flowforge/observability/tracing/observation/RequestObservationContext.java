package io.flowforge.observability.tracing.observation;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.observation.ServerRequestObservationContext;

/**
 * The context of the observation of a request. It keeps key-values as the convention
 * gives them, sorted already: Micrometer's puts each into a map, and sorts what is in the
 * map whenever somebody reads it, which is several times for each request.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class RequestObservationContext extends ServerRequestObservationContext {

	private KeyValues lowCardinality = KeyValues.empty();

	private KeyValues highCardinality = KeyValues.empty();

	private @Nullable RequestSeries series;

	private @Nullable KeyValues fromConvention;

	private final AtomicBoolean ended = new AtomicBoolean();

	/**
	 * Create an instance.
	 * @param request the request
	 * @param response the response to it
	 */
	public RequestObservationContext(HttpServletRequest request, HttpServletResponse response) {
		super(request, response);
	}

	/**
	 * End the request.
	 * @return whether it had not ended before
	 */
	public boolean end() {
		return this.ended.compareAndSet(false, true);
	}

	/**
	 * Whether all key-values are those of Spring's default convention: nobody added one,
	 * or changed one.
	 * @return whether they are
	 */
	public boolean hasOnlyDefaultKeyValues() {
		return this.highCardinality == this.fromConvention && findSeries() != null;
	}

	/**
	 * Return the series of the request, unless somebody has changed its key-values.
	 * @return the series, or {@code null}
	 */
	@Nullable RequestSeries findSeries() {
		RequestSeries found = this.series;
		return (found != null && found.keyValues() == this.lowCardinality) ? found : null;
	}

	void setSeries(@Nullable RequestSeries series) {
		this.series = series;
	}

	void setHighCardinalityFromConvention(KeyValues keyValues) {
		this.fromConvention = keyValues;
	}

	@Override
	public Observation.Context addLowCardinalityKeyValue(KeyValue keyValue) {
		this.lowCardinality = this.lowCardinality.and(keyValue);
		return this;
	}

	@Override
	public Observation.Context addHighCardinalityKeyValue(KeyValue keyValue) {
		this.highCardinality = this.highCardinality.and(keyValue);
		return this;
	}

	@Override
	public Observation.Context addLowCardinalityKeyValues(KeyValues keyValues) {
		this.lowCardinality = merge(this.lowCardinality, keyValues);
		return this;
	}

	@Override
	public Observation.Context addHighCardinalityKeyValues(KeyValues keyValues) {
		this.highCardinality = merge(this.highCardinality, keyValues);
		return this;
	}

	@Override
	public Observation.Context removeLowCardinalityKeyValue(String keyName) {
		return removeLowCardinalityKeyValues(keyName);
	}

	@Override
	public Observation.Context removeHighCardinalityKeyValue(String keyName) {
		return removeHighCardinalityKeyValues(keyName);
	}

	@Override
	public Observation.Context removeLowCardinalityKeyValues(String... keyNames) {
		this.lowCardinality = without(this.lowCardinality, keyNames);
		return this;
	}

	@Override
	public Observation.Context removeHighCardinalityKeyValues(String... keyNames) {
		this.highCardinality = without(this.highCardinality, keyNames);
		return this;
	}

	@Override
	public KeyValues getLowCardinalityKeyValues() {
		return this.lowCardinality;
	}

	@Override
	public KeyValues getHighCardinalityKeyValues() {
		return this.highCardinality;
	}

	@Override
	public @Nullable KeyValue getLowCardinalityKeyValue(String key) {
		return find(this.lowCardinality, key);
	}

	@Override
	public @Nullable KeyValue getHighCardinalityKeyValue(String key) {
		return find(this.highCardinality, key);
	}

	@Override
	public KeyValues getAllKeyValues() {
		return this.lowCardinality.and(this.highCardinality);
	}

	// The convention is asked at the start and at the end, which replaces all of its
	// key-values.
	private static KeyValues merge(KeyValues current, KeyValues added) {
		return haveSameKeys(current, added) ? added : current.and(added);
	}

	private static boolean haveSameKeys(KeyValues current, KeyValues added) {
		Iterator<KeyValue> first = current.iterator();
		Iterator<KeyValue> second = added.iterator();
		while (first.hasNext() && second.hasNext()) {
			if (!first.next().getKey().equals(second.next().getKey())) {
				return false;
			}
		}
		return !first.hasNext() && !second.hasNext();
	}

	private static KeyValues without(KeyValues keyValues, String... keyNames) {
		List<String> removed = Arrays.asList(keyNames);
		return KeyValues.of(keyValues.stream().filter((keyValue) -> !removed.contains(keyValue.getKey())).toList());
	}

	private static @Nullable KeyValue find(KeyValues keyValues, String key) {
		for (KeyValue keyValue : keyValues) {
			if (keyValue.getKey().equals(key)) {
				return keyValue;
			}
		}
		return null;
	}

}
