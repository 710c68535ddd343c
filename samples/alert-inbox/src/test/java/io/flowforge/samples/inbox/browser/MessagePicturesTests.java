package io.flowforge.samples.inbox.browser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.flowforge.samples.inbox.browser.Browser.Look;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.WebElement;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How each message looks that {@code MessagesTests} expects of a real Alertmanager: its
 * files are sent to an inbox. The pictures are in {@code target/screenshots/messages};
 * with {@code -Dflowforge.images.write=true} those of {@code docs/messages.md} are
 * written, too.
 */
@RequiresBrowser
@TestInstance(Lifecycle.PER_CLASS)
class MessagePicturesTests {

	private static final Path MESSAGES = TestStack.repository().resolve("system-tests/src/test/resources/messages");

	private static final Path DOCUMENTATION = TestStack.repository().resolve("docs");

	private static final Path SCREENSHOTS = Path.of("target/screenshots/messages");

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final Pattern MESSAGE = Pattern.compile("(?s)--- Slack, (?<channel>[^\n]*), (?<color>\\w+)\n"
			+ "(?<title>[^\n]*)\n(?<link>[^\n]*)\n(?<slack>.*?)\n\n--- Email, (?<to>[^\n]*)\n"
			+ "(?<subject>[^\n]*)\n(?<text>.*)\n\n--- Email, HTML\n(?<html>.*)");

	/** What is sent before an alert that is over. */
	private static final Map<String, String> BEFORE = Map.of("over", "firing-then-over", "several-over", "several");

	/** The first lines in Slack and of the mail, and whether all of that is in sight. */
	private static final String WHAT_IS_READ = """
			const lines = ['.slack .title', '.mail .subject'].map((css) => document.querySelector('.event:first-child ' + css));
			const mail = document.querySelector('.event:first-child iframe');
			const visible = [...lines, mail].every((each) => each.checkVisibility() && each.getBoundingClientRect().width > 100);
			return [...lines.map((line) => line.textContent), String(visible && mail.contentDocument.body.innerText.length > 100)];
			""";

	// A minute after the alerts of the files have begun.
	private Instant now = Instant.parse("2026-01-02T03:05:05Z");

	private TestInbox inbox;

	private Browser browser;

	@BeforeAll
	void start(@TempDir Path folder) {
		// Nobody answers there, so that no card is taken for over.
		this.inbox = new TestInbox(() -> this.now, "http://127.0.0.1:9", "http://127.0.0.1:9");
		this.browser = new Browser(folder.resolve("profile"));
		this.browser.timeZone("UTC");
	}

	@AfterAll
	void stop() {
		if (this.browser != null) {
			this.browser.close();
		}
		if (this.inbox != null) {
			this.inbox.close();
		}
	}

	static Stream<String> kinds() throws IOException {
		try (Stream<Path> files = Files.list(MESSAGES)) {
			return files.map((file) -> file.getFileName().toString().replace(".txt", ""))
				.filter((kind) -> !kind.equals("firing-then-over"))
				.sorted()
				.toList()
				.stream();
		}
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void messageCanBeReadOnAPhoneAndOnADesktop(String kind) throws IOException {
		this.inbox.clear();
		this.now = Instant.parse("2026-01-02T03:05:05Z");
		if (BEFORE.containsKey(kind)) {
			send(BEFORE.get(kind));
			this.now = Instant.parse("2026-01-02T03:14:25Z");
		}
		Matcher message = send(kind);
		for (Look look : List.of(Look.PHONE, Look.DESKTOP)) {
			this.browser.look(look, false);
			this.browser.open(this.inbox.page());
			this.browser
				.run("document.querySelectorAll('.event:first-child .message').forEach((each) => each.open = true)");
			this.browser.await("the mail", this.browser::hasLoadedAllMails);
			this.browser.await("no scroll bar", () -> this.browser.whatScrolls().isEmpty());
			assertThat(this.browser.all(".card")).isNotEmpty().allMatch(WebElement::isDisplayed);
			assertThat(this.browser.<List<String>>run(WHAT_IS_READ)).containsExactly(message.group("title"),
					message.group("subject"), "true");
			picture(kind, look);
		}
	}

	private Matcher send(String kind) throws IOException {
		Matcher message = MESSAGE.matcher(Files.readString(MESSAGES.resolve(kind + ".txt")));
		assertThat(message.matches()).as(kind).isTrue();
		// As Alertmanager does.
		String slack = JsonMapper.shared()
			.writeValueAsString(Map.of("channel", message.group("channel"), "username", "Alertmanager", "attachments",
					List.of(Map.of("title", message.group("title"), "title_link", message.group("link"), "fallback",
							message.group("title"), "color", message.group("color"), "text", message.group("slack"),
							"mrkdwn_in", List.of("fallback", "pretext", "text")))));
		if (kind.startsWith("bot")) {
			this.inbox.slackBot(slack);
		}
		else {
			this.inbox.slack(slack);
		}
		this.inbox.mail("""
				From: alerts@flowforge.example
				To: %s
				Subject: =?utf-8?b?%s?=
				MIME-Version: 1.0
				Content-Type: multipart/alternative; boundary=part

				--part
				%s
				--part
				%s
				--part--
				""".formatted(message.group("to"), encoded(message.group("subject")),
				part("plain", message.group("text")), part("html", message.group("html"))));
		return message;
	}

	private static String part(String type, String text) {
		return "Content-Type: text/%s; charset=utf-8\nContent-Transfer-Encoding: base64\n\n%s".formatted(type,
				encoded(text));
	}

	private static String encoded(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	private void picture(String kind, Look look) throws IOException {
		String name = "%s-%d.png".formatted(kind, look.width());
		Path picture = SCREENSHOTS.resolve(name);
		this.browser.screenshotOf(".card", picture);
		String image = "images/messages/" + name;
		// The page decides which it shows.
		if (Boolean.getBoolean("flowforge.images.write")
				&& Files.readString(DOCUMENTATION.resolve("messages.md")).contains("(" + image + ")")) {
			SmallPng.write(picture, DOCUMENTATION.resolve(image));
			assertThat(DOCUMENTATION.resolve(image))
				.satisfies((file) -> assertThat(Files.size(file)).isLessThan(300_000));
		}
	}

}
