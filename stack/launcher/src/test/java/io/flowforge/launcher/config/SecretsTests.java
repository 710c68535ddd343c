package io.flowforge.launcher.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import io.flowforge.launcher.StackException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What {@link Secrets} takes, where it goes, and that it is never shown.
 */
class SecretsTests {

	private static final String INBOX = "http://localhost:8090/slack/webhook";

	@TempDir
	private Path folder;

	@Test
	void slackIsTheInboxWhereNothingIsSet() throws IOException {
		Secrets secrets = Secrets.read(Map.of("FLOWFORGE_SLACK_API_URL_FILE", "")::get);
		assertThat(secrets.hasSlack()).isFalse();
		secrets.write(this.folder, INBOX);
		assertThat(written("slack-api-url")).isEqualTo(INBOX);
		assertThat(written("slack-bot-token")).isEmpty();
		assertThat(written("smtp-password")).isEmpty();
	}

	@Test
	void slackIsItsApiWithABotAndTheWebhookThatIsGiven() throws IOException {
		Secrets bot = read("FLOWFORGE_SLACK_BOT_TOKEN_FILE", "xoxb-1\n");
		assertThat(bot.hasSlack()).isTrue();
		bot.write(this.folder, INBOX);
		assertThat(written("slack-api-url")).isEqualTo("https://slack.com/api/chat.postMessage");
		assertThat(written("slack-bot-token")).isEqualTo("xoxb-1");

		Secrets webhook = read("FLOWFORGE_SLACK_API_URL_FILE", "https://hooks.slack.example/T/B/x\n");
		assertThat(webhook.hasSlack()).isTrue();
		webhook.write(this.folder, INBOX);
		assertThat(written("slack-api-url")).isEqualTo("https://hooks.slack.example/T/B/x");
		assertThat(written("slack-bot-token")).isEmpty();
	}

	@Test
	void passwordIsThatOfItsFile() throws IOException {
		Secrets secrets = read("FLOWFORGE_SMTP_PASSWORD_FILE", "p4ss word\n");
		assertThat(secrets.hasSlack()).isFalse();
		secrets.write(this.folder, INBOX);
		assertThat(written("smtp-password")).isEqualTo("p4ss word");
	}

	@Test
	void areForTheirOwnerOnlyAndReplacedInPlace() throws IOException {
		Path file = this.folder.resolve("alertmanager/secrets/slack-api-url");
		Secrets.read((name) -> null).write(this.folder, INBOX);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
			.isEqualTo("rwx------");
		Object before = Files.getAttribute(file, "unix:ino");
		read("FLOWFORGE_SLACK_API_URL_FILE", "https://hooks.slack.example/T/B/x").write(this.folder, INBOX);
		// A container has mounted this file, not its name.
		assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(before);
	}

	@Test
	void thoseOfFurtherReceiversComeAndGoWithThem() throws IOException {
		Path receivers = Files.createDirectories(this.folder.resolve("receivers/secrets")).getParent();
		Files.writeString(receivers.resolve("mine.yml"), "receivers: []");
		Files.writeString(receivers.resolve("secrets/pagerduty-routing-key"), "r0uting\n");
		Secrets.read(Map.of("FLOWFORGE_RECEIVERS", receivers.toString())::get).write(this.folder, INBOX);
		assertThat(written("pagerduty-routing-key")).isEqualTo("r0uting");
		Path file = this.folder.resolve("alertmanager/secrets/pagerduty-routing-key");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		Secrets.read((name) -> null).write(this.folder, INBOX);
		assertThat(file).doesNotExist();
		assertThat(written("slack-api-url")).isEqualTo(INBOX);
	}

	@Test
	void thoseOfFurtherReceiversAreNotTheStacksOwn() throws IOException {
		Path receivers = Files.createDirectories(this.folder.resolve("receivers/secrets")).getParent();
		Files.writeString(receivers.resolve("mine.yml"), "receivers: []");
		Files.writeString(receivers.resolve("secrets/smtp-password"), "p4ss");
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> Secrets.read(Map.of("FLOWFORGE_RECEIVERS", receivers.toString())::get))
			.withMessage("FLOWFORGE_RECEIVERS=%s: the secret smtp-password would replace the stack's own: rename it."
				.formatted(receivers));
	}

	@ParameterizedTest
	@CsvSource({ "FLOWFORGE_SLACK_API_URL_FILE, the URL", "FLOWFORGE_SLACK_BOT_TOKEN_FILE, the token",
			"FLOWFORGE_SMTP_PASSWORD_FILE, the password" })
	void saysWhatIsWrongWithAFile(String variable, String what) throws IOException {
		assertRefused(variable, this.folder, "is a folder: name the file that holds %s.".formatted(what));
		assertRefused(variable, this.folder.resolve("nowhere"),
				"does not exist: name the file that holds %s.".formatted(what));
		Path file = Files.writeString(this.folder.resolve("file"), " \n");
		assertRefused(variable, file, "is empty: put %s into it.".formatted(what));
	}

	@Test
	void saysThatAFileCannotBeRead() throws IOException {
		Path file = Files.writeString(this.folder.resolve("file"), "secret");
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
		Assumptions.assumeFalse(Files.isReadable(file), "root reads every file");
		assertRefused("FLOWFORGE_SMTP_PASSWORD_FILE", file, "cannot be read: give yourself the permission to read it.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://hooks.slack.example/secret", "xoxb-secret", "hooks.slack.example/secret",
			"https://hooks.slack.example/secret\nhttps://hooks.slack.example/secret", "\"https://hooks/secret\"",
			"https:// hooks/secret" })
	void refusesWhatIsNoHttpsUrlWithoutShowingIt(String content) throws IOException {
		Path file = Files.writeString(this.folder.resolve("url"), content);
		assertRefused("FLOWFORGE_SLACK_API_URL_FILE", file,
				"does not hold an https URL: put the URL of an incoming webhook into it, and nothing else.");
	}

	private static void assertRefused(String variable, Path file, String message) {
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> Secrets.read(Map.of(variable, file.toString())::get))
			.withMessage("%s=%s %s".formatted(variable, file, message));
	}

	private Secrets read(String variable, String content) throws IOException {
		Path file = Files.writeString(this.folder.resolve(variable), content);
		return Secrets.read(Map.of(variable, file.toString())::get);
	}

	private String written(String name) throws IOException {
		return Files.readString(this.folder.resolve("alertmanager/secrets").resolve(name));
	}

}
