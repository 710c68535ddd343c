package io.flowforge.observability.logging.json;

import java.util.LinkedHashMap;
import java.util.Map;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.flowforge.observability.logging.record.AttributeValue;
import io.flowforge.observability.logging.record.LogRecords;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

import org.springframework.boot.json.JsonWriter.Members;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;
import org.springframework.core.env.Environment;

/**
 * Adds to Spring Boot's lines in the Elastic Common Schema the ids of the trace and, as
 * {@code labels}, the logging context and the key-value pairs.
 */
final class EcsMembersCustomizer implements StructuredLoggingJsonMembersCustomizer<ILoggingEvent> {

	static final String CONTEXT_INCLUDED = "logging.structured.json.context.include";

	private static final String LABELS = "labels";

	private final Environment environment;

	EcsMembersCustomizer(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void customize(Members<ILoggingEvent> members) {
		// Spring Boot asks for every JSON format, also for those that a user has chosen.
		if (!JsonConsoleEnvironmentPostProcessor.isEcs(this.environment)) {
			return;
		}
		members.add("trace_id", (event) -> event.getMDCPropertyMap().get(LogRecords.TRACE_ID)).whenHasLength();
		members.add("span_id", (event) -> event.getMDCPropertyMap().get(LogRecords.SPAN_ID)).whenHasLength();
		// If it is true, a user has chosen what Spring Boot makes of the context.
		if (!this.environment.getProperty(CONTEXT_INCLUDED, Boolean.class, true)) {
			members
				.add(this.environment.getProperty("logging.structured.json.context.prefix", LABELS),
						EcsMembersCustomizer::labels)
				.whenNotEmpty();
		}
	}

	// A map, since the writer refuses a line with the same name twice. A key-value pair
	// wins over the logging context.
	private static Map<String, @Nullable Object> labels(ILoggingEvent event) {
		Map<String, @Nullable Object> labels = new LinkedHashMap<>();
		event.getMDCPropertyMap().forEach((key, value) -> {
			if (value != null && !key.equals(LogRecords.TRACE_ID) && !key.equals(LogRecords.SPAN_ID)) {
				labels.put(key, value);
			}
		});
		if (event.getKeyValuePairs() != null) {
			for (KeyValuePair pair : event.getKeyValuePairs()) {
				if (pair.key != null) {
					labels.put(pair.key, label(pair.value));
				}
			}
		}
		return labels;
	}

	private static @Nullable Object label(@Nullable Object value) {
		return (value == null || value instanceof Boolean || isNumber(value)) ? value : AttributeValue.text(value);
	}

	// JSON knows neither NaN nor infinity, and a class from elsewhere may write itself as
	// anything.
	private static boolean isNumber(Object value) {
		return value instanceof Number number && value.getClass().getName().startsWith("java.")
				&& Double.isFinite(number.doubleValue());
	}

}
