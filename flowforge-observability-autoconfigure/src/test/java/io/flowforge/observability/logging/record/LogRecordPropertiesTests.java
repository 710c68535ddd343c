package io.flowforge.observability.logging.record;

import java.util.stream.Stream;

import io.flowforge.observability.settings.invalid.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for {@link LogRecordProperties}.
 */
class LogRecordPropertiesTests {

	private static final String PREFIX = "flowforge.observability.logging.record.";

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void allEntriesOfTheMdcButTheIdsAreAttributes() {
		assertThat(attributes("customer", "tenant", "traceId", "spanId")).containsExactly("customer", "tenant");
	}

	@Test
	void entriesOfTheMdcCanBeChosen() {
		this.environment.setProperty(PREFIX + "mdc.include", "customer,traceId,internal");
		this.environment.setProperty(PREFIX + "mdc.exclude", "internal");
		assertThat(attributes("customer", "tenant", "traceId", "spanId", "internal")).containsExactly("customer",
				"traceId");
	}

	@ParameterizedTest
	@CsvSource({ "max-body-size, 1000B", "max-body-size, 17MB", "max-attributes-size, 0B", "max-attributes-size, 1GB" })
	void sizeOutsideItsRangeIsRefused(String property, String value) {
		this.environment.setProperty(PREFIX + property, value);
		assertThatException()
			.isThrownBy(() -> Binder.get(this.environment)
				.bind("flowforge.observability.logging.record", LogRecordProperties.class))
			.havingRootCause()
			.isInstanceOf(InvalidSettingException.class)
			.withMessageContaining(PREFIX + property + " must be a size of at least 1KB and at most 16MB");
		// Until the check of all settings refuses it.
		assertThat(LogRecordProperties.of(this.environment)).isEqualTo(LogRecordProperties.of(new MockEnvironment()));
	}

	private Stream<String> attributes(String... keys) {
		LogRecordProperties.Mdc mdc = LogRecordProperties.of(this.environment).mdc();
		return Stream.of(keys).filter(mdc::isAttribute);
	}

}
