package io.flowforge.observability;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import io.flowforge.observability.testing.JavaRun;
import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.ProbedService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.context.aot.AbstractAotProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service that is processed ahead of time.
 */
class AheadOfTimeTests {

	@TempDir
	private Path folder;

	@Test
	void buildNeedsNoSettingOfThePlacesWhereTheServiceWillRun() {
		process("--flowforge.observability.alerts.slack-channel=${CHANNEL_OF_PRODUCTION}");
		assertThat(this.folder
			.resolve("sources/io/flowforge/observability/settings/invalid/SettingsCheck__BeanDefinitions.java"))
			.exists();
	}

	@Test
	void processedServiceIsObserved() throws Exception {
		// In a test, nothing is exported unless it is asked for: here, the build runs in
		// one.
		process("--spring.test.tracing.export=true");
		compile();
		try (OtlpReceiver receiver = OtlpReceiver.start()) {
			JavaRun run = run("--flowforge.observability.otlp.endpoint=" + receiver.endpoint());
			assertThat(run.lines()).contains("PROBED")
				.anyMatch((line) -> line.contains("Starting AOT-processed ProbedService"))
				.anyMatch((line) -> line.startsWith("flowforge_service_info{"))
				.anyMatch((line) -> line.startsWith("flowforge_alert_threshold{"))
				.noneMatch((line) -> line.startsWith("FINDING"));
			assertThat(receiver.spans()).anyMatch((span) -> span.getName().equals("probe"))
				.noneMatch((span) -> span.getName().contains("actuator"));
			assertThat(receiver.logRecords())
				.anyMatch((logRecord) -> logRecord.getBody().getStringValue().equals("probe"));
			JavaRun misspelt = run("--flowforge.observability.no-such=1");
			assertThat(misspelt.lines()).anyMatch((line) -> line.contains("flowforge.observability.no-such"))
				.doesNotContain("PROBED");
		}
	}

	private void process(String... arguments) {
		AbstractAotProcessor.Settings settings = AbstractAotProcessor.Settings.builder()
			.sourceOutput(this.folder.resolve("sources"))
			.resourceOutput(this.folder.resolve("classes"))
			.classOutput(this.folder.resolve("classes"))
			.groupId("test")
			.artifactId("test-service")
			.build();
		new SpringApplicationAotProcessor(ProbedService.class, settings, arguments).process();
	}

	private void compile() throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (Stream<Path> sources = Files.walk(this.folder.resolve("sources"))) {
			List<String> options = Stream.concat(
					Stream.of("-proc:none", "-nowarn", "-d", this.folder.resolve("classes").toString(), "-cp",
							classPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator))),
					sources.map(Path::toString).filter((name) -> name.endsWith(".java")))
				.toList();
			assertThat(compiler.run(null, null, null, options.toArray(String[]::new))).isZero();
		}
	}

	private JavaRun run(String argument) throws Exception {
		return JavaRun.of(classPath(), ProbedService.class, Map.of(), "-Dspring.aot.enabled=true",
				"--spring.application.name=probe", "--server.port=0", "--server.address=127.0.0.1",
				"--flowforge.observability.service.team=checkout", argument);
	}

	private List<Path> classPath() {
		return Stream.concat(Stream.of(this.folder.resolve("classes")), JavaRun.classPath().stream()).toList();
	}

}
