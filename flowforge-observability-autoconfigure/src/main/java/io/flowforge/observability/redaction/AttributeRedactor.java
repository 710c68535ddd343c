package io.flowforge.observability.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of attributes: the values of secret keys, and what is secret in the
 * URLs of other values. Attributes without any are returned as they are.
 */
final class AttributeRedactor {

	private final SecretKeys secretKeys;

	private final UrlRedactor urls;

	AttributeRedactor(SecretKeys secretKeys, UrlRedactor urls) {
		this.secretKeys = secretKeys;
		this.urls = urls;
	}

	Attributes redact(Attributes attributes) {
		Redaction redaction = new Redaction(attributes);
		attributes.forEach(redaction);
		return redaction.result();
	}

	/**
	 * Replace the elements of a list.
	 * @param <T> the type of the elements
	 * @param elements the elements
	 * @param replacement replaces an element, or returns it
	 * @return the same list if all elements are the same
	 */
	static <T> List<T> replace(List<T> elements, UnaryOperator<T> replacement) {
		List<T> replaced = elements;
		for (int index = 0; index < elements.size(); index++) {
			T element = elements.get(index);
			T other = replacement.apply(element);
			if (other != element) {
				replaced = (replaced == elements) ? new ArrayList<>(elements) : replaced;
				replaced.set(index, other);
			}
		}
		return replaced;
	}

	private final class Redaction implements BiConsumer<AttributeKey<?>, Object> {

		private final Attributes attributes;

		private @Nullable AttributesBuilder redacted;

		Redaction(Attributes attributes) {
			this.attributes = attributes;
		}

		@Override
		public void accept(AttributeKey<?> key, Object value) {
			if (AttributeRedactor.this.secretKeys.matches(key.getKey())) {
				builder().put(key.getKey(), SecretKeys.REDACTED);
			}
			else if (value instanceof String text) {
				String safe = AttributeRedactor.this.urls.redact(text);
				if (safe != text) {
					builder().put(key.getKey(), safe);
				}
			}
			else if (key.getType() == AttributeType.STRING_ARRAY) {
				List<String> texts = texts(value);
				List<String> safe = replace(texts, AttributeRedactor.this.urls::redact);
				if (safe != texts) {
					builder().put(AttributeKey.stringArrayKey(key.getKey()), safe);
				}
			}
		}

		@SuppressWarnings("unchecked")
		private static List<String> texts(Object value) {
			return (List<String>) value;
		}

		private AttributesBuilder builder() {
			if (this.redacted == null) {
				this.redacted = this.attributes.toBuilder();
			}
			return this.redacted;
		}

		Attributes result() {
			return (this.redacted != null) ? this.redacted.build() : this.attributes;
		}

	}

}
