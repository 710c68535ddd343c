package io.flowforge.observability;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.AbstractAotProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the build of a service asks for that is processed ahead of time.
 */
class AheadOfTimeTests {

	@Test
	void buildNeedsNoSettingOfThePlacesWhereTheServiceWillRun(@TempDir Path folder) {
		AbstractAotProcessor.Settings settings = AbstractAotProcessor.Settings.builder()
			.sourceOutput(folder.resolve("sources"))
			.resourceOutput(folder.resolve("resources"))
			.classOutput(folder.resolve("classes"))
			.groupId("test")
			.artifactId("test-service")
			.build();
		String[] arguments = { "--flowforge.observability.alerts.slack-channel=${CHANNEL_OF_PRODUCTION}" };
		new SpringApplicationAotProcessor(Application.class, settings, arguments).process();
		assertThat(folder.resolve("sources/io/flowforge/observability/settings/SettingsCheck__BeanDefinitions.java"))
			.exists();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			excludeName = "org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration")
	static class Application {

		static void main(String[] arguments) {
			SpringApplication.run(Application.class, arguments);
		}

	}

}
