package io.flowforge.samples.inbox;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of log lines.
 */
@SpringBootTest(properties = "inbox.smtp.port=0")
@AutoConfigureMockMvc
class LogsTests {

	private static final String LINE = """
			{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"o&rders"}}]},\
			"scopeLogs":[{"scope":{"name":"<b>"},"logRecords":[{"timeUnixNano":"1767323045000000000","severityNumber":17,\
			"severityText":"ERROR","body":{"stringValue":"<script>alert(1)</script> {{times}} $1"},"traceId":"0af7",\
			"attributes":[{"key":"exception.stacktrace","value":{"stringValue":"</pre><img src=x>\\n\\tat y"}}]}]}]}]}
			""";

	@TempDir
	private static Path folder;

	private final MockMvcTester mvc;

	LogsTests(@Autowired MockMvcTester mvc) {
		this.mvc = mvc;
	}

	@DynamicPropertySource
	static void file(DynamicPropertyRegistry properties) throws IOException {
		Path file = Files.writeString(folder.resolve("logs.json"), LINE);
		properties.add("inbox.logs-file", file::toString);
	}

	@Test
	void whatWasLoggedIsText() {
		assertThat(this.mvc.get().uri(URI.create("/logs"))).hasStatusOk()
			.containsHeader("Content-Security-Policy")
			.bodyText()
			.contains("&lt;script&gt;alert(1)&lt;/script&gt; {{times}} $1", "<summary>&lt;/pre&gt;&lt;img src=x&gt;",
					"o&amp;rders", "&lt;b&gt;")
			.doesNotContain("<script>", "<img");
	}

	@Test
	void formHasWhatTheLinkAskedFor() {
		assertThat(this.mvc.get()
			.uri(URI.create(
					"/logs?service=o%26rders&environment=%22%3E&level=WARN&trace=0AF7&from=1767322145000&to=1767326645000")))
			.hasStatusOk()
			.bodyText()
			.contains("name=\"service\" value=\"o&amp;rders\"", "value=\"&quot;&gt;\"",
					"<option value=\"WARN\" selected>", "name=\"trace\" value=\"0af7\"", "There is no such line.",
					"Only from <time datetime=\"2026-01-02T02:49:05Z\">2 Jan 02:49:05 UTC</time>",
					"<a href=\"/logs?service=o%26rders&amp;environment=%22%3E&amp;level=WARN&amp;trace=0af7\">");
		assertThat(this.mvc.get().uri(URI.create("/logs?service=o%26rders&level=&trace="))).hasStatusOk()
			.bodyText()
			.contains("<a href=\"/logs?service=&amp;environment=&amp;level=&amp;trace=0af7\">")
			.doesNotContain("There is no such line.", "At any time");
	}

	@Test
	void nonsenseIsRefused() {
		assertThat(this.mvc.get().uri(URI.create("/logs?level=LOUD"))).hasStatus(400);
		assertThat(this.mvc.get().uri(URI.create("/logs?from=yesterday"))).hasStatus(400);
	}

}
