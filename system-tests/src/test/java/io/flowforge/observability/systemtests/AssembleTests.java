package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
		assertThat(read("alertmanager/assembled/secrets/slack-api-url"))
			.isEqualTo("http://localhost:%d/slack/webhook".formatted(this.launcher.port("FLOWFORGE_INBOX_PORT")));
	}

	@Test
	void slackIsItsApiWithABotAndTheWebhookThatIsGiven() throws IOException {
		this.launcher.set("FLOWFORGE_SLACK_BOT_TOKEN_FILE",
				Files.writeString(this.folder.resolve("token"), "xoxb-1").toString());
		assemble();
		assertThat(read("alertmanager/assembled/secrets/slack-api-url"))
			.isEqualTo("https://slack.com/api/chat.postMessage");
		assertThat(read("alertmanager/assembled/secrets/slack-bot-token")).isEqualTo("xoxb-1");

		this.launcher.set("FLOWFORGE_SLACK_BOT_TOKEN_FILE", "");
		this.launcher.set("FLOWFORGE_SLACK_API_URL_FILE",
				Files.writeString(this.folder.resolve("url"), "https://hooks.slack.example/T/B/x").toString());
		assemble();
		assertThat(read("alertmanager/assembled/secrets/slack-api-url")).isEqualTo("https://hooks.slack.example/T/B/x");
	}

	@Test
	void linksLeadWherePeopleSay() throws IOException {
		this.launcher.set("FLOWFORGE_GRAFANA_URL", "https://grafana.acme.example/");
		this.launcher.set("FLOWFORGE_RUNBOOKS_URL", "https://wiki.acme.example/runbooks");
		assemble();
		assertThat(read("prometheus/assembled/rules/links.yml")).contains("grafana: https://grafana.acme.example\n",
				"runbooks: https://wiki.acme.example/runbooks\n");

		this.launcher.set("FLOWFORGE_GRAFANA_URL", "grafana");
		Program.Result refused = this.launcher.run("assemble");
		assertThat(refused.status()).isEqualTo(1);
		assertThat(refused.output()).isEqualTo("assemble: FLOWFORGE_GRAFANA_URL=grafana is no http or https URL.\n");
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
