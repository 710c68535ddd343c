package io.flowforge.observability.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.ClassUtils;

/**
 * OpenTelemetry's semantic conventions, as OpenTelemetry publishes them.
 */
public final class SemanticConventions {

	private static final SemanticConventions STABLE = new SemanticConventions("io.opentelemetry.semconv");

	private static final SemanticConventions IN_DEVELOPMENT = new SemanticConventions(
			"io.opentelemetry.semconv.incubating");

	private final Map<String, AttributeType> types = new HashMap<>();

	private SemanticConventions(String packageName) {
		try {
			String path = ClassUtils.convertClassNameToResourcePath(packageName);
			for (Resource resource : new PathMatchingResourcePatternResolver()
				.getResources("classpath*:" + path + "/*Attributes.class")) {
				String file = String.valueOf(resource.getFilename());
				addKeysOf(Class.forName(packageName + "." + file.substring(0, file.length() - ".class".length())));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void addKeysOf(Class<?> attributes) throws ReflectiveOperationException {
		for (Field field : attributes.getFields()) {
			if (field.getType() == AttributeKey.class && field.get(null) instanceof AttributeKey<?> key) {
				this.types.put(key.getKey(), key.getType());
			}
		}
	}

	/**
	 * The stable conventions.
	 * @return the conventions
	 */
	public static SemanticConventions stable() {
		return STABLE;
	}

	/**
	 * The conventions in development, such as those for messages.
	 * @return the conventions
	 */
	public static SemanticConventions inDevelopment() {
		return IN_DEVELOPMENT;
	}

	/**
	 * Find the attributes of a span that these conventions do not know, or not with this
	 * type of value.
	 * @param span the span
	 * @param besides keys that may be there all the same
	 * @return the attributes, and those of the span's events
	 */
	public List<KeyValue> unknownAttributes(Span span, String... besides) {
		List<KeyValue> attributes = new ArrayList<>(span.getAttributesList());
		span.getEventsList().forEach((event) -> attributes.addAll(event.getAttributesList()));
		return unknownAttributes(attributes, besides);
	}

	/**
	 * Find the attributes that these conventions do not know, or not with this type of
	 * value.
	 * @param attributes the attributes
	 * @param besides keys that may be there all the same
	 * @return those of the attributes
	 */
	public List<KeyValue> unknownAttributes(List<KeyValue> attributes, String... besides) {
		return attributes.stream()
			.filter((attribute) -> !Arrays.asList(besides).contains(attribute.getKey()))
			.filter((attribute) -> this.types.get(attribute.getKey()) != type(attribute.getValue()))
			.toList();
	}

	/**
	 * The keys of these conventions.
	 * @return the keys, with the type of their values
	 */
	public Map<String, AttributeType> types() {
		return Map.copyOf(this.types);
	}

	private static AttributeType type(AnyValue value) {
		return switch (value.getValueCase()) {
			case STRING_VALUE -> AttributeType.STRING;
			case INT_VALUE -> AttributeType.LONG;
			case DOUBLE_VALUE -> AttributeType.DOUBLE;
			case BOOL_VALUE -> AttributeType.BOOLEAN;
			default -> AttributeType.STRING_ARRAY;
		};
	}

}
