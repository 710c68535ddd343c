package io.flowforge.launcher.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.RequiredPrograms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What {@link AlertmanagerConfiguration} makes of the files of {@code alertmanager/} and
 * of a person's values.
 */
class AlertmanagerConfigurationTests {

	private static final String SLACK = """
			  - name: owners
			    slack_configs:
			""";

	@Test
	void isTheTreeItselfWhereNobodyIsTold() {
		assertThat(assemble(Notifications.of(NotificationChannels.NONE)))
			.isEqualTo(TestRepository.read("alertmanager/alertmanager.yml"));
	}

	@ParameterizedTest
	@EnumSource
	void hasTheChannelsOfItsChoiceWithTheirComments(NotificationChannels choice) {
		String text = assemble(Notifications.of(choice));
		for (String channel : List.of("slack", "email")) {
			List<String> lines = TestRepository.read("alertmanager/receivers/%s.yml".formatted(channel))
				.lines()
				.filter((line) -> line.startsWith("  "))
				.toList();
			boolean chosen = choice.toString().contains(channel);
			assertThat(text.contains("\n    %s_configs:\n".formatted(channel))).isEqualTo(chosen);
			if (chosen) {
				assertThat(text.lines()).containsAll(lines);
			}
		}
		assertThat(text.contains("\n  smtp_smarthost: ")).isEqualTo(choice.hasEmail());
	}

	@Test
	void allChoicesAreOneTree() {
		for (NotificationChannels choice : NotificationChannels.values()) {
			Map<?, ?> assembled = (Map<?, ?>) TestRepository.data(assemble(Notifications.of(choice)));
			Map<?, ?> tree = (Map<?, ?>) TestRepository.data(TestRepository.read("alertmanager/alertmanager.yml"));
			assertThat((Object) assembled.keySet()).isEqualTo(tree.keySet());
			for (String key : List.of("templates", "route", "time_intervals", "inhibit_rules")) {
				assertThat((Object) assembled.get(key)).as("%s of %s", key, choice).isEqualTo(tree.get(key));
			}
			assertThat(names(assembled)).isEqualTo(names(tree))
				.containsExactly("dead-mans-switch", "owners", "platform");
		}
	}

	private static List<String> names(Map<?, ?> configuration) {
		return ((List<?>) configuration.get("receivers")).stream()
			.map((receiver) -> String.valueOf(((Map<?, ?>) receiver).get("name")))
			.toList();
	}

	@Test
	void putsSlackBeforeEmail() {
		String text = assemble(Notifications.of(NotificationChannels.SLACK_EMAIL));
		assertThat(text).contains(SLACK);
		assertThat(text.indexOf("email_configs")).isGreaterThan(text.indexOf("slack_configs"));
	}

	@ParameterizedTest
	@EnumSource
	void hasTheValuesAndIsValid(NotificationChannels choice, @TempDir Path folder) throws IOException {
		String text = assemble(new Notifications(choice, "https://watch.example/ping?id=1&x=2", "C0123456789",
				"[::1]:587", "true", "EXAMPLE\\alerts", "alerts+prod@acme.example",
				"on-call@acme.example, boss@acme.example", Map.of(), null, PlatformNotifications.AS_OWNERS));
		assertThat(text).contains("url: 'https://watch.example/ping?id=1&x=2'")
			.doesNotContain("flowforge.example", "localhost");
		if (choice.hasSlack()) {
			assertThat(text).contains("{{ else }}C0123456789{{ end }}").doesNotContain("#alerts");
		}
		if (choice.hasEmail()) {
			assertThat(text).contains("smtp_smarthost: '[::1]:587'", "smtp_require_tls: true",
					"smtp_auth_username: 'EXAMPLE\\alerts'", "smtp_auth_password_file: secrets/smtp-password",
					"smtp_from: 'alerts+prod@acme.example'", "to: 'on-call@acme.example, boss@acme.example'");
		}
		check(folder, text).orElseThrow();
	}

	@ParameterizedTest
	@EnumSource
	void withoutMuteTimesOnlyThoseAreMissing(NotificationChannels choice, @TempDir Path folder) throws IOException {
		String muted = assemble(Notifications.of(choice));
		String unmuted = AlertmanagerConfiguration.assemble(TestRepository.REPOSITORY, Notifications.of(choice), false);
		assertThat(muted).contains("mute_time_intervals: [outside-working-hours]");
		assertThat(unmuted.lines())
			.containsExactlyElementsOf(muted.lines().filter((line) -> !line.contains("mute_time_intervals")).toList());
		check(folder, unmuted).orElseThrow();
	}

	@Test
	void readsVariablesAndFillsInWhatIsNotSet() {
		Notifications notifications = Notifications
			.from(Map.of("FLOWFORGE_NOTIFY", "email", "FLOWFORGE_EMAIL_TO", "a@b.example", "FLOWFORGE_SLACK_CHANNEL",
					"")::get)
			.orElse("http://inbox:8090/watchdog", "inbox:8025");
		assertThat(notifications).isEqualTo(new Notifications(NotificationChannels.EMAIL, "http://inbox:8090/watchdog",
				null, "inbox:8025", null, null, null, "a@b.example", Map.of(), null, PlatformNotifications.AS_OWNERS));
		assertThat(Notifications.from((name) -> null).channels()).isEqualTo(NotificationChannels.SLACK_EMAIL);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			-,                       -,     -
			localhost:1025,          -,     -
			127.0.0.1:25,            -,     -
			[::1]:25,                -,     -
			mail.example:587,        -,     true
			localhost.example:25,    -,     true
			mail.example:25,         false, false
			localhost:1025,          true,  true
			""")
	void mailLeavesThisMachineOverTlsOnly(String smarthost, String set, String required) {
		Map<String, String> variables = new HashMap<>();
		variables.put("FLOWFORGE_SMTP_SMARTHOST", smarthost);
		variables.put("FLOWFORGE_SMTP_REQUIRE_TLS", set);
		assertThat(Notifications.from(variables::get).orElse("http://inbox:8090/watchdog", "inbox:8025").requireTls())
			.isEqualTo(required);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '^',
			textBlock = """
					'checkout@example.com'           | has no teams: write a line such as 'checkout: checkout@example.com' for each.
					checkout: nobody                 | : what team checkout has must be email addresses, separated by commas.
					checkout: [a@b.example]          | : what team checkout has must be email addresses, separated by commas.
					'a" }}{{ .Labels }}': a@b.example | : the team a" }}{{ .Labels }} must be a name of letters, digits, blanks and . _ @ & + / -.
					""")
	void refusesAddressesOfTeamsThatAreNone(String line, String message, @TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("teams.yml"), line + "\n");
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> Notifications.from(Map.of("FLOWFORGE_TEAM_ADDRESSES", file.toString())::get))
			.satisfies((ex) -> assertThat(ex.getMessage()).isEqualTo("FLOWFORGE_TEAM_ADDRESSES=%s%s".formatted(file,
					message.startsWith(":") ? message : " " + message)));
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> Notifications.from(Map.of("FLOWFORGE_TEAM_ADDRESSES", folder.toString())::get))
			.withMessageContaining(" is no file: name one with a line such as ");
	}

	@Test
	void platformIsToldAsOwnersAreUnlessItHasWaysOfItsOwn(@TempDir Path folder) throws IOException {
		Map<String, String> variables = new HashMap<>(Map.of("FLOWFORGE_NOTIFY", "slack", "FLOWFORGE_SLACK_CHANNEL",
				"#all", "FLOWFORGE_EMAIL_TO", "on-call@acme.example"));
		Map<String, Object> asOwners = platform(assemble(Notifications.from(variables::get)));
		assertThat(asOwners).doesNotContainKey("email_configs");
		assertThat(first(asOwners, "slack_configs")).containsEntry("channel", "#all")
			.containsEntry("api_url_file", "secrets/slack-api-url");
		variables.putAll(Map.of("FLOWFORGE_PLATFORM_NOTIFY", "slack-email", "FLOWFORGE_PLATFORM_SLACK_CHANNEL",
				"#platform", "FLOWFORGE_PLATFORM_SLACK_BOT_TOKEN_FILE", "token", "FLOWFORGE_PLATFORM_EMAIL_TO",
				"platform@acme.example", "FLOWFORGE_PLATFORM_SMTP_SMARTHOST", "other.example:587",
				"FLOWFORGE_SMTP_SMARTHOST", "mail.example:587", "FLOWFORGE_SMTP_USERNAME", "alerts"));
		String text = assemble(Notifications.from(variables::get));
		check(folder, text).orElseThrow();
		Map<String, Object> slack = first(platform(text), "slack_configs");
		assertThat(slack).containsEntry("channel", "#platform")
			.containsEntry("api_url_file", "secrets/platform-slack-api-url");
		assertThat(slack.get("http_config"))
			.hasToString("{authorization={credentials_file=secrets/platform-slack-bot-token}}");
		// The password of one mail server is not for the other.
		assertThat(first(platform(text), "email_configs")).containsEntry("to", "platform@acme.example")
			.containsEntry("smarthost", "other.example:587")
			.containsEntry("require_tls", true)
			.doesNotContainKey("auth_username");
		assertThat(text).doesNotContain("smtp_auth_");
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> platform(String text) {
		List<?> receivers = (List<?>) ((Map<?, ?>) TestRepository.data(text)).get("receivers");
		return (Map<String, Object>) receivers.get(receivers.size() - 1);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> first(Map<?, ?> receiver, String channel) {
		return (Map<String, Object>) ((List<?>) receiver.get(channel)).get(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "pagerduty", "opsgenie", "webhook", "teams" })
	void ownersHaveFurtherReceiversOfAFolder(String example, @TempDir Path folder) throws IOException {
		assumeTrue(!example.equals("teams") || knowsTeams(), "amtool is older than 0.28, which knows Teams");
		Path receivers = Files.createDirectory(folder.resolve("receivers"));
		Files.copy(TestRepository.REPOSITORY.file("alertmanager/receivers/examples/%s.yml".formatted(example)),
				receivers.resolve("mine.yml"));
		for (String notify : List.of("none", "slack-email")) {
			String text = assemble(Notifications
				.from(Map.of("FLOWFORGE_NOTIFY", notify, "FLOWFORGE_RECEIVERS", receivers.toString())::get));
			assertThat(text).contains("\n    %s".formatted(example.equals("teams") ? "msteamsv2" : example));
			check(Files.createDirectory(folder.resolve(notify)), text).orElseThrow();
		}
	}

	private static boolean knowsTeams() {
		String version = Programs.run(Path.of("."), RequiredPrograms.require("amtool").toString(), "--version")
			.output();
		Matcher matcher = Pattern.compile("version 0\\.([0-9]+)").matcher(version);
		return matcher.find() && Integer.parseInt(matcher.group(1)) >= 28;
	}

	@Test
	void refusesFolderOfReceiversThatHasNone(@TempDir Path folder) throws IOException {
		assertReceiversRefused(folder.resolve("missing"),
				"FLOWFORGE_RECEIVERS=%s is not a folder: name the one that has the YAML files of your receivers.");
		assertReceiversRefused(folder,
				"FLOWFORGE_RECEIVERS=%s has no YAML file: copy one of alertmanager/receivers/examples into it.");
		Path file = Files.writeString(folder.resolve("mine.yml"), "route: {}\n");
		assertReceiversRefused(folder,
				"%s/mine.yml has no receivers: copy one of alertmanager/receivers/examples, and change it.");
		Files.writeString(file, "receivers:\n  - name: owners\n    email_configs:\n      - to: a@b.example\n");
		assertReceiversRefused(folder,
				"%s/mine.yml: the receiver has email_configs already: put both below one email_configs, or leave the other out by FLOWFORGE_NOTIFY.");
		Files.writeString(file, "receivers:\n  - name: pigeons\n    webhook_configs: []\n");
		assertReceiversRefused(folder, "alertmanager/alertmanager.yml has no receiver 'pigeons': put it back.");
	}

	private static void assertReceiversRefused(Path folder, String message) {
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> assemble(Notifications.from(Map.of("FLOWFORGE_RECEIVERS", folder.toString())::get)))
			.withMessage(message.formatted(folder));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					FLOWFORGE_WATCHDOG_URL     | ftp://watch.example       | an http or https URL
					FLOWFORGE_WATCHDOG_URL     | https://watch.example/a b | an http or https URL
					FLOWFORGE_SLACK_CHANNEL    | alerts                    | a channel such as #alerts, or a channel id such as C0123456789
					FLOWFORGE_SLACK_CHANNEL    | #Alerts                   | a channel such as #alerts, or a channel id such as C0123456789
					FLOWFORGE_SLACK_CHANNEL    | C123                      | a channel such as #alerts, or a channel id such as C0123456789
					FLOWFORGE_SLACK_CHANNEL    | #a{{ end }}               | a channel such as #alerts, or a channel id such as C0123456789
					FLOWFORGE_SMTP_SMARTHOST   | mail.example              | the host and port of a mail server, such as mail.example.com:587
					FLOWFORGE_SMTP_REQUIRE_TLS | yes                       | true or false
					FLOWFORGE_SMTP_USERNAME    | a b                       | a user name without spaces and quotes
					FLOWFORGE_EMAIL_FROM       | nobody                    | an email address
					FLOWFORGE_EMAIL_TO         | a@b.example;c@d.example   | email addresses separated by commas
					FLOWFORGE_EMAIL_TO         | x <a@b.example>           | email addresses separated by commas
					""")
	void refusesValueThatDoesNotLookLikeOne(String variable, String value, String what) {
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> Notifications.from(Map.of(variable, value)::get))
			.withMessage("%s=%s must be %s.".formatted(variable, value, what));
	}

	@ParameterizedTest
	@ValueSource(strings = { "FLOWFORGE_WATCHDOG_URL=https://watch.example", "FLOWFORGE_SLACK_CHANNEL=#alerts",
			"FLOWFORGE_SMTP_SMARTHOST=mail.example:25", "FLOWFORGE_SMTP_REQUIRE_TLS=true",
			"FLOWFORGE_SMTP_USERNAME=alerts", "FLOWFORGE_EMAIL_FROM=a@b.example", "FLOWFORGE_EMAIL_TO=a@b.example",
			"FLOWFORGE_NOTIFY=slack" })
	void refusesValueThatEndsTheQuotesOrTheLine(String assignment) {
		String[] parts = assignment.split("=", 2);
		Notifications.from(Map.of(parts[0], parts[1])::get);
		for (String more : List.of("'", "\"", "\n", "\nglobal: {}", "\r", " ")) {
			assertThatExceptionOfType(StackException.class)
				.isThrownBy(() -> Notifications.from(Map.of(parts[0], parts[1] + more)::get))
				.satisfies((ex) -> assertThat(ex.getMessage()).startsWith(parts[0] + "=").hasLineCount(1));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "pigeons", "../alertmanager/none", "templates/slack", "Slack", "slack email" })
	void refusesUnknownChoice(String choice) {
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> Notifications.from(Map.of("FLOWFORGE_NOTIFY", choice)::get))
			.withMessage("FLOWFORGE_NOTIFY=%s must be none, slack, email or slack-email.".formatted(choice));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			- name: owners | - name: someone | alertmanager/alertmanager.yml has no receiver 'owners': put it back.
			global:        | globals:        | alertmanager/alertmanager.yml has no 'global': put it back.
			""")
	void saysWhatIsMissingFromATreeThatWasChanged(String from, String to, String message, @TempDir Path folder)
			throws IOException {
		Repository repository = TestRepository.copy(folder);
		TestRepository.change(repository, "alertmanager/alertmanager.yml", from, to);
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> AlertmanagerConfiguration.assemble(repository,
					Notifications.of(NotificationChannels.EMAIL), true))
			.withMessage(message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			alertmanager.yml     | receiver: owners      | receiver: pigeons     | undefined receiver "pigeons"
			alertmanager.yml     | group_wait: 10s       | group_wait: soon      | not a valid duration string: "soon"
			templates/slack.tmpl | {{ define "flowforge. | {{ defin "flowforge.  | function "defin" not defined
			templates/email.tmpl | {{ end }}             | {{ ende }}            | function "ende" not defined
			""")
	void aBadRouteOrTemplateIsRefusedInAmtoolsWords(String file, String good, String bad, String words,
			@TempDir Path folder) throws IOException {
		Repository repository = TestRepository.copy(folder);
		TestRepository.change(repository, "alertmanager/" + file, good, bad);
		Path assembled = Files.createDirectory(folder.resolve("assembled"));
		String text = AlertmanagerConfiguration.assemble(repository, Notifications.of(NotificationChannels.SLACK),
				true);
		Programs.Result result = check(assembled, text, repository);
		assertThat(result.isSuccess()).isFalse();
		assertThat(result.output()).contains(words);
	}

	private static String assemble(Notifications notifications) {
		return AlertmanagerConfiguration.assemble(TestRepository.REPOSITORY, notifications, true);
	}

	private static Programs.Result check(Path folder, String text) throws IOException {
		return check(folder, text, TestRepository.REPOSITORY);
	}

	private static Programs.Result check(Path folder, String text, Repository repository) throws IOException {
		String amtool = RequiredPrograms.require("amtool").toString();
		Files.createDirectory(folder.resolve("templates"));
		for (String template : List.of("templates/common.tmpl", "templates/digest.tmpl", "templates/slack.tmpl",
				"templates/email.tmpl")) {
			Files.copy(repository.file("alertmanager/" + template), folder.resolve(template));
		}
		Files.writeString(folder.resolve("alertmanager.yml"), text);
		return Programs.run(folder, amtool, "check-config", "alertmanager.yml");
	}

}
