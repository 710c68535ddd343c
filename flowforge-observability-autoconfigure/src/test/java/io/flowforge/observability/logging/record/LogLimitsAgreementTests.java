package io.flowforge.observability.logging.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The limits of a log record are the same in the starter, the Collector, Loki and the
 * documentation.
 */
class LogLimitsAgreementTests {

	// Time, severity, ids, flags and scope of a record, each of which is an entry in
	// Loki.
	private static final int FIELDS = 11;

	private static final int BYTES_OF_FIELDS = 1_000;

	private final String collector = Files.readString(Path.of("../stack/otel-collector/config.yaml"));

	private final String loki = Files.readString(Path.of("../stack/loki/config.yaml"));

	private final String docs = Files.readString(Path.of("../docs/reference/log-records.md"));

	private final Properties defaults = PropertiesLoaderUtils
		.loadProperties(new ClassPathResource("flowforge-observability-defaults.properties"));

	private final long body;

	private final long attributes;

	private final long stackTrace = limit("max-attribute-value-length");

	private final long count = limit("max-attributes");

	LogLimitsAgreementTests() throws IOException {
		LogRecordProperties properties = LogRecordProperties.of(new MockEnvironment());
		this.body = properties.maxBodySize().toBytes();
		this.attributes = properties.maxAttributesSize().toBytes();
	}

	@Test
	void collectorHasThoseOfTheStarter() {
		assertThat(this.collector).contains("Len(String(log.body)) > " + this.body)
			.contains("Len(log.attributes) > " + this.count)
			.contains("limit(log.attributes, %d,".formatted(this.count))
			.contains("truncate_all(log.cache, %d,".formatted(this.stackTrace))
			.contains("truncate_all(log.attributes, %d,".formatted(this.attributes / 2))
			.contains("[\"large\"], true) where Len(String(log.attributes)) > " + this.attributes);
	}

	@Test
	void lokiAcceptsWhatTheCollectorSends() {
		assertThat(lokiBytes("max_line_size")).isEqualTo(this.body);
		assertThat(lokiBytes("max_structured_metadata_size")).isGreaterThanOrEqualTo(this.stackTrace + this.attributes
				+ number(this.collector, "Len\\(String\\(resource.attributes\\)\\) > ") + BYTES_OF_FIELDS);
		assertThat(number(this.loki, "max_structured_metadata_entries_count: "))
			.isGreaterThanOrEqualTo(this.count + number(this.collector, "limit\\(resource.attributes, ") + FIELDS);
	}

	@Test
	void documentationHasThemInItsTable() {
		assertThat(this.docs).contains(row("body", this.body))
			.contains(row("stack trace", this.stackTrace))
			.contains(row("value of any other attribute", this.attributes / 2))
			.contains(row("all attributes but the stack trace, with their names", this.attributes))
			.contains("| number of attributes | %d |".formatted(this.count))
			.contains(row("all attributes of the resource, with their names",
					number(this.collector, "Len\\(String\\(resource.attributes\\)\\) > ")))
			.contains("| number of the resource's attributes | %d |"
				.formatted(number(this.collector, "limit\\(resource.attributes, ")))
			.contains(row("everything but the body", lokiBytes("max_structured_metadata_size")));
	}

	private static String row(String what, long bytes) {
		return String.format(Locale.ROOT, "| %s | %,d B |", what, bytes);
	}

	private long limit(String name) {
		return Long.parseLong(this.defaults.getProperty("management.opentelemetry.logging.limits." + name));
	}

	private long lokiBytes(String name) {
		return DataSize.ofKilobytes(number(this.loki, name + ": ")).toBytes();
	}

	private static long number(String text, String before) {
		Matcher matcher = Pattern.compile(before + "(\\d+)").matcher(text);
		assertThat(matcher.find()).as(before).isTrue();
		return Long.parseLong(matcher.group(1));
	}

}
