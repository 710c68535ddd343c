package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the launcher, by {@code alertmanager/render}, makes of a person's settings.
 */
class RenderTests {

	@ParameterizedTest
	@ValueSource(strings = { "none", "slack", "email", "slack-email" })
	void isTheFileItselfWhereNothingIsSet(String choice) throws IOException {
		assertThat(render(Map.of(), choice).orElseThrow())
			.isEqualTo(Files.readString(Repository.file("alertmanager/%s.yml".formatted(choice))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "slack", "email", "slack-email" })
	void hasTheValuesAndIsValid(String choice, @TempDir Path folder) throws IOException {
		String amtool = Program.require("amtool").toString();
		String rendered = render(
				Map.of("FLOWFORGE_WATCHDOG_URL", "https://watch.example/ping?id=1&x=2", "FLOWFORGE_SLACK_CHANNEL",
						"C0123456789", "FLOWFORGE_SMTP_SMARTHOST", "[::1]:587", "FLOWFORGE_SMTP_REQUIRE_TLS", "true",
						"FLOWFORGE_SMTP_USERNAME", "EXAMPLE\\alerts", "FLOWFORGE_EMAIL_FROM",
						"alerts+prod@acme.example", "FLOWFORGE_EMAIL_TO", "on-call@acme.example, boss@acme.example"),
				choice)
			.orElseThrow();
		assertThat(rendered).contains("url: 'https://watch.example/ping?id=1&x=2'")
			.doesNotContain("flowforge.example", "localhost");
		if (choice.contains("slack")) {
			assertThat(rendered).contains("{{ else }}C0123456789{{ end }}").doesNotContain("#alerts");
		}
		if (choice.contains("email")) {
			assertThat(rendered).contains("smtp_smarthost: '[::1]:587'", "smtp_require_tls: true",
					"smtp_auth_username: 'EXAMPLE\\alerts'", "smtp_auth_password_file: secrets/smtp-password",
					"smtp_from: 'alerts+prod@acme.example'", "to: 'on-call@acme.example, boss@acme.example'");
		}
		Files.createDirectory(folder.resolve("templates"));
		for (String template : new String[] { "templates/common.tmpl", "templates/slack.tmpl",
				"templates/email.tmpl" }) {
			Files.copy(Repository.file("alertmanager/" + template), folder.resolve(template));
		}
		Files.writeString(folder.resolve("alertmanager.yml"), rendered);
		Program.run(folder, Map.of(), "", amtool, "check-config", "alertmanager.yml").orElseThrow();
	}

	@ParameterizedTest
	@CsvSource({ "FLOWFORGE_WATCHDOG_URL, ftp://watch.example", "FLOWFORGE_WATCHDOG_URL, https://watch.example/a b",
			"FLOWFORGE_SLACK_CHANNEL, alerts", "FLOWFORGE_SLACK_CHANNEL, #Alerts", "FLOWFORGE_SLACK_CHANNEL, C123",
			"FLOWFORGE_SLACK_CHANNEL, #a{{ end }}", "FLOWFORGE_SMTP_SMARTHOST, mail.example",
			"FLOWFORGE_SMTP_REQUIRE_TLS, yes", "FLOWFORGE_SMTP_USERNAME, a b", "FLOWFORGE_EMAIL_FROM, nobody",
			"FLOWFORGE_EMAIL_TO, a@b.example;c@d.example", "FLOWFORGE_EMAIL_TO, x <a@b.example>" })
	void refusesValueThatDoesNotLookLikeOne(String variable, String value) {
		assertRefused(variable, value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "FLOWFORGE_WATCHDOG_URL=https://watch.example", "FLOWFORGE_SLACK_CHANNEL=#alerts",
			"FLOWFORGE_SMTP_SMARTHOST=mail.example:25", "FLOWFORGE_SMTP_REQUIRE_TLS=true",
			"FLOWFORGE_SMTP_USERNAME=alerts", "FLOWFORGE_EMAIL_FROM=a@b.example", "FLOWFORGE_EMAIL_TO=a@b.example" })
	void refusesValueThatEndsTheQuotesOrTheLine(String assignment) {
		String[] parts = assignment.split("=", 2);
		assertRefused(parts[0], parts[1] + "'");
		assertRefused(parts[0], parts[1] + "\"");
		assertRefused(parts[0], parts[1] + "\nglobal: {}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "pigeons", "../alertmanager/none", "templates/slack" })
	void refusesUnknownChoice(String choice) {
		Program.Result result = render(Map.of(), choice);
		assertThat(result.status()).isEqualTo(2);
		assertThat(result.output())
			.isEqualTo("render: unknown choice '%s': it must be none, slack, email or slack-email\n".formatted(choice));
	}

	@Test
	void refusesSecondChoice() {
		Program.Result result = render(Map.of(), "slack", "email");
		assertThat(result.status()).isEqualTo(2);
		assertThat(result.output()).isEqualTo("render: one argument is needed: none, slack, email or slack-email\n");
	}

	private static void assertRefused(String variable, String value) {
		Program.Result result = render(Map.of(variable, value), "slack-email");
		assertThat(result.status()).as(value).isEqualTo(2);
		assertThat(result.output()).startsWith("render: %s must be ".formatted(variable)).hasLineCount(1);
	}

	private static Program.Result render(Map<String, String> environment, String... choice) {
		String[] command = new String[choice.length + 1];
		command[0] = Repository.file("alertmanager/render").toString();
		System.arraycopy(choice, 0, command, 1, choice.length);
		return Program.run(Repository.file("alertmanager"), environment, "", command);
	}

}
