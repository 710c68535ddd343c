package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code stack/assemble} makes of what people have set.
 */
class AssembleTests {

	@TempDir
	private Path folder;

	private Launcher launcher;

	@BeforeEach
	void prepare() {
		Launcher.requireBackends();
		this.launcher = new Launcher(Repository.file(""), this.folder);
	}

	@AfterEach
	void close() {
		this.launcher.close();
	}

	@Test
	void slackIsTheInboxWhereNothingIsSet() throws IOException {
		assemble();
		assertThat(read("alertmanager/secrets/slack-api-url"))
			.isEqualTo("http://localhost:%d/slack/webhook".formatted(this.launcher.port("FLOWFORGE_INBOX_PORT")));
	}

	@Test
	void slackIsItsApiWithABotAndTheWebhookThatIsGiven() throws IOException {
		this.launcher.set("FLOWFORGE_SLACK_BOT_TOKEN_FILE",
				Files.writeString(this.folder.resolve("token"), "xoxb-1").toString());
		assemble();
		assertThat(read("alertmanager/secrets/slack-api-url")).isEqualTo("https://slack.com/api/chat.postMessage");
		assertThat(read("alertmanager/secrets/slack-bot-token")).isEqualTo("xoxb-1");

		this.launcher.set("FLOWFORGE_SLACK_BOT_TOKEN_FILE", "");
		this.launcher.set("FLOWFORGE_SLACK_API_URL_FILE",
				Files.writeString(this.folder.resolve("url"), "https://hooks.slack.example/T/B/x").toString());
		assemble();
		assertThat(read("alertmanager/secrets/slack-api-url")).isEqualTo("https://hooks.slack.example/T/B/x");
	}

	@Test
	void linksLeadWherePeopleSay() throws IOException {
		this.launcher.set("FLOWFORGE_GRAFANA_URL", "https://grafana.acme.example/");
		this.launcher.set("FLOWFORGE_RUNBOOKS_URL", "https://wiki.acme.example/runbooks");
		assemble();
		assertThat(read("prometheus/assembled/rules/links.yml")).contains("grafana: https://grafana.acme.example\n",
				"runbooks: https://wiki.acme.example/runbooks\n");
		assertThat(read("loki/assembled/fake/logs.yml"))
			.contains("https://grafana.acme.example/d/flowforge-service", "https://grafana.acme.example/explore",
					"https://wiki.acme.example/runbooks/FlowForgeStartFailed.md")
			.doesNotContain("localhost");

		this.launcher.set("FLOWFORGE_GRAFANA_URL", "grafana");
		Program.Result refused = this.launcher.run("assemble");
		assertThat(refused.status()).isEqualTo(1);
		assertThat(refused.output()).isEqualTo("assemble: FLOWFORGE_GRAFANA_URL=grafana is no http or https URL.\n");
	}

	@Test
	void secretsAreForTheirOwnerOnlyAndReplacedInPlace() throws IOException {
		Path secret = this.folder.resolve("alertmanager/secrets/slack-api-url");
		assemble();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret))).isEqualTo("rw-------");
		Object before = Files.getAttribute(secret, "unix:ino");
		this.launcher.set("FLOWFORGE_SLACK_API_URL_FILE",
				Files.writeString(this.folder.resolve("url"), "https://hooks.slack.example/T/B/x").toString());
		assemble();
		// A container has mounted this file, not its name.
		assertThat(Files.getAttribute(secret, "unix:ino")).isEqualTo(before);

		this.launcher.set("FLOWFORGE_SLACK_API_URL_FILE", "/nowhere");
		Program.Result refused = this.launcher.run("assemble");
		assertThat(refused.status()).isEqualTo(1);
		assertThat(refused.output())
			.isEqualTo("assemble: FLOWFORGE_SLACK_API_URL_FILE: the file /nowhere cannot be read.\n");
		assertThat(secret).hasContent("https://hooks.slack.example/T/B/x");
	}

	@Test
	void passwordOfGrafanaIsMadeOnceAndShownThen() throws IOException {
		Program.Result first = this.launcher.run("assemble");
		String password = read("grafana/secrets/admin-password");
		assertThat(password).matches("[0-9a-f]{32}");
		assertThat(first.output()).contains(password);
		Program.Result second = this.launcher.run("assemble");
		assertThat(read("grafana/secrets/admin-password")).isEqualTo(password);
		assertThat(second.output()).doesNotContain(password);
	}

	@Test
	void slimIsWithoutWhatPeopleLookAt() {
		this.launcher.set("FLOWFORGE_PROFILE", "slim");
		assemble();
		assertThat(this.folder.resolve("prometheus/assembled/backends")).isEmptyDirectory();
		assertThat(this.folder.resolve("grafana/secrets/admin-password")).doesNotExist();
		this.launcher.set("FLOWFORGE_PROFILE", "");
		assemble();
		assertThat(this.folder.resolve("prometheus/assembled/backends")).isDirectoryContaining("glob:**/loki.yml")
			.isDirectoryContaining("glob:**/tempo.yml")
			.isDirectoryContaining("glob:**/grafana.yml");
	}

	@Test
	void prometheusTellsBothOfAPair() throws IOException {
		assemble();
		assertThat(this.folder.resolve("prometheus/assembled/alertmanagers/alertmanager-2.yml")).doesNotExist();

		this.launcher.set("FLOWFORGE_PROFILE", "ha");
		this.launcher.set("FLOWFORGE_ALERTMANAGER_2_PORT", "19095");
		assemble();
		assertThat(read("prometheus/assembled/alertmanagers/alertmanager-2.yml")).contains("[localhost:19095]");
	}

	private void assemble() {
		this.launcher.run("assemble").orElseThrow();
	}

	private String read(String file) throws IOException {
		return Files.readString(this.folder.resolve(file));
	}

}
