package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

import io.flowforge.launcher.Http;
import io.flowforge.launcher.Repository;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.build.Collector;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.process.Programs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nobody waits for the build of the Collector: the stack is up without it, and it joins.
 * Go's part is played by a script that hands out a Collector which was built before, as
 * soon as the test says so.
 */
class CollectorBuildTests {

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private Path folder;

	private Launcher launcher;

	@BeforeEach
	void prepare(@TempDir Path folder) throws IOException {
		Launcher.requireBackends();
		this.folder = folder;
		Optional<Path> collector = new Collector(Repository.around(Path.of(""))).find();
		Assumptions.assumeTrue(collector.isPresent(), TestBackends.NO_COLLECTOR);
		Path programs = Files.createDirectory(folder.resolve("programs"));
		// "go install" leaves the builder in $GOBIN, which writes to ./out.
		Launcher.executable(programs.resolve("go"), """
				[ "$1" = install ] || exit 2
				cat >"$GOBIN/builder" <<'END'
				#!/bin/sh
				until [ -e '%1$s/go-on' ]; do sleep 0.1; done
				[ ! -e '%1$s/fail' ] || { echo 'no space left on device'; exit 1; }
				mkdir -p "$(dirname "$0")/out" && cp '%2$s' "$(dirname "$0")/out/otelcol"
				END
				chmod +x "$GOBIN/builder"
				""".formatted(folder, collector.orElseThrow()));
		this.launcher = new Launcher(Launcher.copyOfRepository(folder.resolve("copy")), folder.resolve("data"));
		this.launcher.set("FLOWFORGE_PROFILE", "slim");
		this.launcher.set("PATH", programs + ":" + pathWithoutCollector());
		this.launcher.set("XDG_CACHE_HOME", folder.resolve("cache").toString());
	}

	private static String pathWithoutCollector() {
		return String.join(":",
				Arrays.stream(System.getenv("PATH").split(":"))
					.filter((entry) -> !Files.exists(Path.of(entry, "otelcol"))
							&& !Files.exists(Path.of(entry, "otelcol-contrib")))
					.toList());
	}

	@AfterEach
	void nothingRemains() throws IOException {
		Files.writeString(this.folder.resolve("go-on"), "");
		if (this.launcher != null) {
			try (Launcher closed = this.launcher) {
				closed.run("down");
				assertThat(closed.running()).isEmpty();
			}
		}
	}

	@Test
	void stackIsUpBeforeItsCollectorIsBuiltWhichThenJoins() throws Exception {
		Programs.Result up = this.launcher.run("up");
		assertThat(up.status()).as(up.output()).isZero();
		assertThat(up.output()).contains("Building the OpenTelemetry Collector goes on in the background")
			.containsPattern("otel-collector .* being built");
		awaitTracesAreTaken();
		Map<String, ProcessHandle> before = this.launcher.noted();
		assertThat(this.launcher.run("up").output()).contains("The OpenTelemetry Collector is still being built.",
				"Already up; nothing has changed.");
		assertThat(this.launcher.run("status").output()).containsPattern("otel-collector .* being built");

		Files.writeString(this.folder.resolve("go-on"), "");
		Waiting.until("The Collector does not join", LIMIT,
				() -> Http.answers(this.launcher.address(Part.OTEL_COLLECTOR, "/")));
		awaitTracesAreTaken();
		assertThat(this.launcher.run("up").output()).contains("Already up; nothing has changed.");
		assertThat(this.launcher.run("status").output()).containsPattern("otel-collector .* up");
		Map<String, ProcessHandle> after = this.launcher.noted();
		before.remove(Part.OTEL_COLLECTOR.id());
		assertThat(after).containsAllEntriesOf(before).containsKey(Part.OTEL_COLLECTOR.id());
	}

	@Test
	void saysThatItCouldNotBeBuiltAndTriesAgainUntilTheStackIsDown() throws Exception {
		Files.writeString(this.folder.resolve("fail"), "");
		Files.writeString(this.folder.resolve("go-on"), "");
		assertThat(this.launcher.run("up").status()).isZero();
		Waiting.until("Nobody says that the build has failed", LIMIT,
				() -> this.launcher.run("status")
					.output()
					.lines()
					.anyMatch((line) -> line.startsWith("  otel-collector") && line.endsWith("could not be built")));
		awaitTracesAreTaken();
		assertThat(Files.readString(this.folder.resolve("data/log/otel-collector.log")))
			.contains("The OpenTelemetry Collector could not be built", "no space left on device");
		Files.delete(this.folder.resolve("fail"));
		Files.delete(this.folder.resolve("go-on"));
		assertThat(this.launcher.run("up").output()).containsPattern("otel-collector .* being built");
		assertThat(this.launcher.run("down").output()).isEqualTo("Everything is down.\n");
		assertThat(ProcessHandle.allProcesses()
			.map((process) -> process.info().commandLine().orElse(""))
			.filter((line) -> line.contains(this.folder.resolve("cache").toString()))).isEmpty();
	}

	// Nobody waits for what stands in for the Collector, either.
	private void awaitTracesAreTaken() {
		URI address = URI
			.create("http://localhost:%d/v1/traces".formatted(this.launcher.port("FLOWFORGE_OTLP_HTTP_PORT")));
		HttpRequest request = HttpRequest.newBuilder(address)
			.header("Content-Type", "application/x-protobuf")
			.POST(BodyPublishers.noBody())
			.build();
		Waiting.until("Nobody takes traces", LIMIT, () -> {
			try {
				return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode() == 200;
			}
			catch (IOException ex) {
				return false;
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException("interrupted", ex);
			}
		});
	}

}
