package io.flowforge.launcher.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.RequiredPrograms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link KubernetesManifests} has the same rules and the same routes as everything else.
 */
class KubernetesManifestsTests {

	@Test
	void rulesAreThoseOfTheRuleFilesWithTheirComments() throws IOException {
		List<Object> groups = new ArrayList<>();
		List<String> comments = new ArrayList<>();
		for (Path file : TestRepository.REPOSITORY.yamlFiles("prometheus-rules")) {
			String text = Files.readString(file);
			Map<?, ?> rules = (Map<?, ?>) TestRepository.data(text);
			groups.addAll((List<?>) Objects.requireNonNull(rules.get("groups")));
			comments.addAll(text.lines()
				.dropWhile((line) -> !line.equals("groups:"))
				.filter((line) -> line.contains("# "))
				.toList());
		}
		String manifest = KubernetesManifests.prometheusRule(TestRepository.REPOSITORY, Links.STANDARD);
		Map<?, ?> data = (Map<?, ?>) TestRepository.data(manifest);
		assertThat((Object) data.get("spec")).isEqualTo(Map.of("groups", groups));
		assertThat(manifest.lines()).containsAll(comments.stream().map((comment) -> "  " + comment).toList());
	}

	@ParameterizedTest
	@EnumSource
	void secretHasTheConfigurationAndTheTemplates(NotificationChannels choice, @TempDir Path folder)
			throws IOException {
		Notifications notifications = new Notifications(choice, "https://watch.example", null, null, null, "alerts",
				null, null, Map.of(), null, PlatformNotifications.AS_OWNERS);
		String printed = KubernetesManifests.alertmanagerSecret(TestRepository.REPOSITORY, notifications,
				new WarningsOffHours("owners"), Links.STANDARD);
		Map<?, ?> secret = (Map<?, ?>) TestRepository.data(printed);
		Map<?, ?> files = (Map<?, ?>) Objects.requireNonNull(secret.get("stringData"));
		String configuration = String.valueOf(files.get("alertmanager.yaml"));
		assertThat(configuration.replace("/etc/alertmanager/config/", "templates/")
			.replace("/etc/alertmanager/secrets/flowforge-notify/", "secrets/"))
			.isEqualTo(AlertmanagerConfiguration.assemble(TestRepository.REPOSITORY, notifications, true));
		assertThat(configuration).doesNotContain(": secrets/", "[templates/");
		for (Path template : PrivateFiles.list(TestRepository.REPOSITORY.file("alertmanager/templates"))) {
			String text = String.valueOf(files.get(template.toString()));
			assertThat(text).isEqualTo(TestRepository.read("alertmanager/templates/" + template));
			Files.writeString(folder.resolve(template), text);
		}
		Files.writeString(folder.resolve("alertmanager.yaml"),
				configuration.replace("/etc/alertmanager/config/", "./"));
		Programs.run(folder, RequiredPrograms.require("amtool").toString(), "check-config", "alertmanager.yaml")
			.orElseThrow();
	}

}
