package io.flowforge.samples.inbox.logs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.flowforge.samples.inbox.logs.LogFile.Found;
import io.flowforge.samples.inbox.logs.LogQuery.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which lines are found in the file of the Collector, and how much of it is read.
 */
class LogFileTests {

	private static final LogQuery ALL = new LogQuery("", "", null, "", null, null);

	private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

	private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

	@TempDir
	private Path folder;

	private Path file;

	private LogFile logs;

	@BeforeEach
	void create() {
		this.file = this.folder.resolve("logs.json");
		this.logs = new LogFile(this.file.toString(), JsonMapper.shared());
	}

	@Test
	void nothingIsFoundBeforeAnythingIsWritten() throws IOException {
		assertThat(find(ALL).lines()).isEmpty();
		assertThat(new LogFile("", JsonMapper.shared()).isConfigured()).isFalse();
	}

	@Test
	void newestComesFirstAcrossRequestsAndFiles() throws IOException {
		write("logs-2026-01-02T03-00-00.000.json", request("orders", record(1, 9, "a")));
		write("logs-2026-01-02T03-01-00.000.json",
				request("orders", record(2, 9, "b"), record(4, 9, "d")) + request("stock", record(3, 9, "c")));
		write("logs.json", request("orders", record(5, 9, "e")));
		write("other.json", request("orders", record(6, 9, "f")));
		assertThat(find(ALL).lines()).extracting(LogLine::message).containsExactly("e", "d", "c", "b", "a");
	}

	@Test
	void lineHasWhatTheRecordHas() throws IOException {
		write("logs.json", request("orders", """
				{"timeUnixNano":"1767323045000000001","severityNumber":17,"severityText":"ERROR",
				"body":{"stringValue":"Grüße {{times}}"},"traceId":"%s","spanId":"b7ad6b7169203331","attributes":[
				{"key":"thread.id","value":{"intValue":"7"}},
				{"key":"exception.stacktrace","value":{"stringValue":"java.lang.IllegalStateException\\n\\tat x"}}]}
				""".formatted(TRACE).replace("\n", "")));
		assertThat(find(ALL).lines()).containsExactly(new LogLine(START.plusNanos(1), 17, "ERROR", "orders", "demo",
				"com.example.Orders", "Grüße {{times}}", "java.lang.IllegalStateException\n\tat x", TRACE));
	}

	@Test
	void eachConditionLeavesOthersOut() throws IOException {
		write("logs.json", request("orders", record(1, 9, "info"), record(2, 14, "warning"), record(3, 17, TRACE))
				+ request("stock", record(4, 17, "elsewhere")));
		assertThat(messages(new LogQuery("orders", "demo", null, "", null, null))).containsExactly(TRACE, "warning",
				"info");
		assertThat(messages(new LogQuery("orders", "prod", null, "", null, null))).isEmpty();
		assertThat(messages(new LogQuery("order", "", null, "", null, null))).isEmpty();
		assertThat(messages(new LogQuery("", "", Level.WARN, "", null, null))).containsExactly("elsewhere", TRACE,
				"warning");
		assertThat(messages(new LogQuery("", "", null, "", START.plusSeconds(2), START.plusSeconds(3))))
			.containsExactly(TRACE, "warning");
		// In a message, it is no trace.
		assertThat(messages(new LogQuery("", "", null, TRACE, null, null))).isEmpty();
		write("logs.json",
				request("orders", record(5, 9, "traced").replace("\"traceId\":\"\"", "\"traceId\":\"" + TRACE + "\"")));
		assertThat(messages(new LogQuery("", "", null, " " + TRACE.toUpperCase(java.util.Locale.ROOT), null, null)))
			.containsExactly("traced");
	}

	@Test
	void whatIsHalfWrittenOrNoJsonIsLeftOut() throws IOException {
		write("logs.json", "nonsense\n\n[]\n{\"resourceLogs\":7}\n" + request("orders", record(1, 9, "whole"))
				+ request("orders", record(2, 9, "half")).substring(0, 90));
		assertThat(messages(ALL)).containsExactly("whole");
	}

	@Test
	void linesOfAnyLengthAreWhole() throws IOException {
		// Of a block and around it, with characters of several bytes on its edge.
		for (int length = 65_000; length < 66_200; length += 7) {
			write("logs.json", request("orders", record(1, 9, "ü".repeat(length % 100) + "x".repeat(length))));
		}
		Found found = find(ALL);
		assertThat(found.lines()).hasSize(172).allMatch((line) -> line.message().matches("ü*x+…"));
		assertThat(found.skipped()).isFalse();
	}

	@Test
	void onlyTheNewestOfManyAreShown() throws IOException {
		for (int i = 0; i < 50; i++) {
			int first = i * 10;
			write("logs.json", request("orders",
					IntStream.range(first, first + 10).mapToObj((n) -> record(n, 9, "" + n)).toArray(String[]::new)));
		}
		Found found = find(ALL);
		assertThat(found.more()).isTrue();
		assertThat(found.unread()).isFalse();
		assertThat(found.lines()).hasSize(LogFile.MAX_FOUND);
		assertThat(found.lines().get(0).message()).isEqualTo("499");
		assertThat(found.lines().get(LogFile.MAX_FOUND - 1).message()).isEqualTo("300");
	}

	@Test
	void tooLongALineIsSkippedAndTooMuchIsNotRead() throws IOException {
		write("logs.json", request("orders", record(1, 9, "old")));
		String large = request("orders", record(2, 9, "large" + "x".repeat(LogFile.MAX_LINE)));
		write("logs.json", large);
		write("logs.json", request("orders", record(3, 9, "new")));
		Found found = find(ALL);
		assertThat(found.lines()).extracting(LogLine::message).containsExactly("new", "old");
		assertThat(found.skipped()).isTrue();
		assertThat(found.unread()).isFalse();
		for (long size = 0; size < LogFile.MAX_BYTES; size += large.length()) {
			write("logs.json", large);
		}
		found = find(ALL);
		assertThat(found.lines()).isEmpty();
		assertThat(found.unread()).isTrue();
	}

	private Found find(LogQuery query) throws IOException {
		return this.logs.find(query);
	}

	private List<String> messages(LogQuery query) throws IOException {
		return find(query).lines().stream().map(LogLine::message).toList();
	}

	private void write(String name, String text) throws IOException {
		Files.writeString(this.folder.resolve(name), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
	}

	// As the Collector writes it, on one line.
	private static String request(String service, String... records) {
		return """
				{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"%s"}},\
				{"key":"deployment.environment.name","value":{"stringValue":"demo"}}]},\
				"scopeLogs":[{"scope":{"name":"com.example.Orders"},"logRecords":[%s]}]}]}
				""".formatted(service, String.join(",", records));
	}

	private static String record(int second, int severity, String message) {
		return JsonMapper.shared()
			.writeValueAsString(Map.of("timeUnixNano", START.plusSeconds(second).getEpochSecond() + "000000000",
					"severityNumber", severity, "body", Map.of("stringValue", message), "traceId", ""));
	}

}
