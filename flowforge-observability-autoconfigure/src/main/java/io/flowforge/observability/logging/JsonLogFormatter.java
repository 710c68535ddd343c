package io.flowforge.observability.logging;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.flowforge.observability.identity.EnvironmentName;
import io.flowforge.observability.redaction.LogEventSanitizer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.logging.StackTracePrinter;
import org.springframework.boot.logging.structured.ContextPairs;
import org.springframework.boot.logging.structured.JsonWriterStructuredLogFormatter;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;
import org.springframework.core.env.Environment;

/**
 * Writes each event as one line of JSON, with the names that it also has when it is
 * exported. For {@code flowforge.observability.logging.console=json}, or by its class
 * name in Spring Boot's {@code logging.structured.format.file}.
 *
 * @since 0.1.0
 */
public final class JsonLogFormatter extends JsonWriterStructuredLogFormatter<ILoggingEvent> {

	private static final String TRACE_ID = "traceId";

	private static final String SPAN_ID = "spanId";

	// Tells by which API an event was logged, on nearly every line of Spring's.
	private static final String COMMONS_LOGGING = "COMMONS-LOGGING";

	// Always with as many digits, so that lines can be sorted as text.
	private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder().appendInstant(6)
		.toFormatter(Locale.ROOT);

	JsonLogFormatter(Environment environment, @Nullable StackTracePrinter stackTracePrinter, ContextPairs contextPairs,
			ThrowableProxyConverter throwableProxyConverter, StructuredLoggingJsonMembersCustomizer<?> customizer) {
		super((members) -> {
			addEvent(members, environment);
			addException(members, stackTracePrinter, throwableProxyConverter);
			addAttributes(members, contextPairs);
			members.add("markers", ILoggingEvent::getMarkerList)
				.whenNotNull()
				.as(JsonLogFormatter::names)
				.whenNotEmpty();
		}, customizer);
	}

	private static void addEvent(JsonWriter.Members<ILoggingEvent> members, Environment environment) {
		members.add("timestamp", ILoggingEvent::getInstant).as(TIMESTAMP::format);
		members.add("severity", ILoggingEvent::getLevel);
		members.add("service.name", environment.getProperty("spring.application.name")).whenHasLength();
		members.add("deployment.environment.name", EnvironmentName.in(environment)).whenHasLength();
		members.add("trace_id", (event) -> event.getMDCPropertyMap().get(TRACE_ID)).whenHasLength();
		members.add("span_id", (event) -> event.getMDCPropertyMap().get(SPAN_ID)).whenHasLength();
		members.add("logger", ILoggingEvent::getLoggerName);
		members.add("thread", ILoggingEvent::getThreadName);
		members.add("message", ILoggingEvent::getFormattedMessage);
	}

	private static void addException(JsonWriter.Members<ILoggingEvent> members,
			@Nullable StackTracePrinter stackTracePrinter, ThrowableProxyConverter throwableProxyConverter) {
		members.add("exception").when((event) -> event.getThrowableProxy() != null).usingMembers((exception) -> {
			exception.add("type", ILoggingEvent::getThrowableProxy).as(IThrowableProxy::getClassName);
			exception.add("message", ILoggingEvent::getThrowableProxy).as(IThrowableProxy::getMessage).whenNotNull();
			exception.add("stacktrace", (event) -> stackTrace(event, stackTracePrinter, throwableProxyConverter));
		});
	}

	// Below one member, so that no key of a caller can be taken for a name of ours, and
	// through a map: the writer refuses a line with the same name twice.
	private static void addAttributes(JsonWriter.Members<ILoggingEvent> members, ContextPairs contextPairs) {
		BiConsumer<ILoggingEvent, BiConsumer<String, Object>> pairs = contextPairs.flat(".",
				(all) -> all.add(JsonLogFormatter::forEachAttribute));
		members.add("attributes", (event) -> {
			Map<String, Object> attributes = new LinkedHashMap<>();
			pairs.accept(event, attributes::put);
			return attributes;
		}).whenNotEmpty();
	}

	private static void forEachAttribute(ILoggingEvent event, BiConsumer<String, @Nullable Object> attributes) {
		event.getMDCPropertyMap().forEach((key, value) -> {
			if (value != null && !key.equals(TRACE_ID) && !key.equals(SPAN_ID)) {
				attributes.accept(key, value);
			}
		});
		if (event.getKeyValuePairs() != null) {
			for (KeyValuePair pair : event.getKeyValuePairs()) {
				if (pair.key != null) {
					attributes.accept(pair.key, attribute(pair.value));
				}
			}
		}
	}

	private static @Nullable Object attribute(@Nullable Object value) {
		return (value == null || value instanceof Boolean || isNumber(value)) ? value : LogEventSanitizer.text(value);
	}

	// JSON knows neither NaN nor infinity, and a class from elsewhere may write itself as
	// anything.
	private static boolean isNumber(Object value) {
		return value instanceof Number number && value.getClass().getName().startsWith("java.")
				&& Double.isFinite(number.doubleValue());
	}

	private static String stackTrace(ILoggingEvent event, @Nullable StackTracePrinter stackTracePrinter,
			ThrowableProxyConverter throwableProxyConverter) {
		if (stackTracePrinter != null && event.getThrowableProxy() instanceof ThrowableProxy proxy) {
			return stackTracePrinter.printStackTraceToString(proxy.getThrowable());
		}
		return throwableProxyConverter.convert(event);
	}

	private static List<String> names(List<Marker> markers) {
		return markers.stream().map(Marker::getName).filter((name) -> !name.equals(COMMONS_LOGGING)).toList();
	}

}
