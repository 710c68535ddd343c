package io.flowforge.observability.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import io.flowforge.observability.testing.JavaRun;
import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingConnectionDetails;
import org.springframework.boot.opentelemetry.autoconfigure.logging.otlp.OtlpLoggingConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An address that connection details give wins over every property, as everywhere in
 * Spring Boot: those of a bean, and those that Docker Compose support makes of a
 * Collector in a compose file.
 */
class ConnectionDetailsTests {

	private final OtlpReceiver receiver = OtlpReceiver.start();

	private final OtlpReceiver unused = OtlpReceiver.start();

	@AfterEach
	void stop() {
		this.receiver.close();
		this.unused.close();
	}

	@Test
	void beansOfTheServiceWin() {
		try (TestService service = TestService.start(new Class<?>[] { Details.class },
				"flowforge.observability.otlp.endpoint=" + this.unused.endpoint(),
				"test.collector=" + this.receiver.endpoint())) {
			service.get("/hello");
			await().untilAsserted(this::assertEverythingArrived);
		}
		assertThat(this.unused.requests()).isZero();
	}

	@Test
	void collectorOfAComposeFileWins(@TempDir Path folder) throws Exception {
		Files.writeString(folder.resolve("compose.yaml"), """
				services:
				  collector:
				    image: otel/opentelemetry-collector-contrib
				    ports: [4317, 4318]
				""");
		JavaRun run = JavaRun.of(
				Neighbours.with(Neighbours.classPath(Neighbours.OTHERS, Neighbours.REACTIVE, Neighbours.JERSEY),
						"docker-compose"),
				NeighbourService.class,
				Map.of("PATH", dockerWith(folder, this.receiver.port()) + ":" + System.getenv("PATH")),
				"--spring.application.name=composed", "--server.port=0", "--server.address=127.0.0.1",
				"--flowforge.observability.otlp.endpoint=" + this.unused.endpoint(),
				"--spring.docker.compose.host=127.0.0.1",
				"--spring.docker.compose.file=" + folder.resolve("compose.yaml"));
		assertThat(run.status()).as("%s", run.lines()).isZero();
		assertEverythingArrived();
		assertThat(this.unused.requests()).isZero();
	}

	private void assertEverythingArrived() {
		assertThat(this.receiver.spans()).extracting(Span::getName).contains("GET /hello");
		assertThat(this.receiver.logRecords()).anyMatch((line) -> line.getBody().getStringValue().equals("Hello"))
			// From the first line on.
			.anyMatch((line) -> line.getBody().getStringValue().startsWith("Starting "));
	}

	// Answers as Docker does while one container runs.
	private static Path dockerWith(Path folder, int port) throws IOException {
		Path docker = folder.resolve("docker");
		Files.createFile(docker, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		Files.writeString(docker, """
				#!/bin/sh
				case "$*" in
				"version "*) echo 29.0.0 ;;
				"compose version "*) echo '{"version": "2.40.0"}' ;;
				*" config "*) echo '{"name": "test", "services": {"collector": {}}}' ;;
				*" ps "*) echo '{"ID": "c0ffee", "Name": "collector", "State": "running", \
				"Image": "otel/opentelemetry-collector-contrib"}' ;;
				"inspect "*) echo '{"Id": "c0ffee", "Config": {"Image": "otel/opentelemetry-collector-contrib", \
				"Labels": {}, "ExposedPorts": {}, "Env": []}, "NetworkSettings": {"Ports": { \
				"4317/tcp": [{"HostIp": "", "HostPort": "%1$d"}], \
				"4318/tcp": [{"HostIp": "", "HostPort": "%1$d"}]}}}' ;;
				esac
				""".formatted(port));
		return folder;
	}

	@Configuration(proxyBeanMethods = false)
	static class Details {

		@Bean
		OtlpTracingConnectionDetails tracesOfTheTest(@Value("${test.collector}") String address) {
			return (transport) -> address + "/v1/traces";
		}

		@Bean
		OtlpLoggingConnectionDetails logsOfTheTest(@Value("${test.collector}") String address) {
			return (transport) -> address + "/v1/logs";
		}

	}

}
