package io.flowforge.observability.systemtests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import com.sun.net.httpserver.HttpServer;
import io.flowforge.launcher.Repository;
import io.flowforge.launcher.process.Ports;
import io.flowforge.launcher.process.Programs;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code mvnw} with the archive at an address of this machine.
 */
class MvnwTests {

	private static final Repository REPOSITORY = Repository.around(Path.of(""));

	private static final String NAME = "apache-maven-9.9.9";

	private static final byte[] ARCHIVE = archive();

	private final int port = Ports.free();

	private final String url = "http://127.0.0.1:%d/%s-bin.zip".formatted(this.port, NAME);

	private Path folder;

	private Path home;

	private String path;

	@BeforeEach
	void copy(@TempDir Path folder) throws IOException {
		this.folder = folder;
		this.home = folder.resolve("home");
		Path wrapper = Files.createDirectories(folder.resolve(".mvn/wrapper"));
		Files.copy(REPOSITORY.file("mvnw"), folder.resolve("mvnw"));
		assertThat(folder.resolve("mvnw").toFile().setExecutable(true)).isTrue();
		Files.copy(REPOSITORY.file("pom.xml"), folder.resolve("pom.xml"));
		Files.copy(REPOSITORY.file(".mvn/wrapper/FetchMaven.java"), wrapper.resolve("FetchMaven.java"));
		Files.writeString(wrapper.resolve("maven-wrapper.properties"), """
				distributionUrl=%s
				distributionSha256Sum=%s
				""".formatted(this.url, checksum(ARCHIVE)));
		this.path = Launcher.pathOf(folder.resolve("bin"), "sh", "dirname", "basename", "sed", "cut", "mkdir", "mktemp",
				"rm", "touch", "find", "sort", "head", "mv", "chmod");
	}

	@Test
	void fetchesMavenOnceAndRunsIt() throws IOException {
		try (Archive server = new Archive(ARCHIVE)) {
			assertThat(mvnw("verify", "a b").orElseThrow()).endsWith("Maven 9.9.9 runs verify,a b\n");
			assertThat(server.requests).hasValue(1);
		}
		assertThat(mvnw("verify").orElseThrow()).isEqualTo("Maven 9.9.9 runs verify\n");
	}

	@Test
	void refusesArchiveWithAnotherChecksum() throws IOException {
		installed("3.9.9");
		try (Archive server = new Archive("<html>Please log in</html>".getBytes(StandardCharsets.UTF_8))) {
			Programs.Result result = mvnw("verify");
			assertThat(result.status()).isEqualTo(1);
			assertThat(result.output().lines()).containsExactly("mvnw: fetching " + this.url, "mvnw: " + this.url
					+ " does not have the checksum that maven-wrapper.properties expects; it is not used.");
			assertThat(server.requests).hasValue(1);
		}
		try (Stream<Path> files = Files.walk(this.home)) {
			assertThat(files.filter(Files::isRegularFile)).isEmpty();
		}
	}

	@Test
	void saysWhatToDoWhereThereIsNeitherArchiveNorMaven() {
		assertNoMaven(mvnw("verify"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "2.2.1", "3.6.3", "3.8.5" })
	void doesNotUseOldMaven(String version) throws IOException {
		foundOutOfReach(Duration.ZERO);
		installed(version);
		assertNoMaven(mvnw("verify"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "3.8.6", "3.8.10", "3.10.0", "4.0.0" })
	void usesInstalledMavenWhereArchiveIsOutOfReach(String version) throws IOException {
		foundOutOfReach(Duration.ZERO);
		installed(version);
		assertThat(mvnw("verify").orElseThrow().lines()).containsExactly(
				"mvnw: 127.0.0.1:%d is out of reach; using the installed Maven %s.".formatted(this.port, version),
				"Apache Maven " + version, "verify");
	}

	@Test
	void usesMavenOfThisMachineWhereArchiveIsOutOfReach() {
		Matcher version = Pattern.compile("Apache Maven ([0-9.]+)")
			.matcher(Programs.find("mvn")
				.map((mvn) -> Programs.run(this.folder, mvn.toString(), "-v").output())
				.orElse(""));
		Assumptions.assumeTrue(version.find() && Version.parse(version.group(1)).compareTo(Version.parse("3.8.6")) >= 0,
				"mvn of at least 3.8.6 is not on the PATH");
		this.path = System.getenv("PATH");
		String output = mvnw("-v").orElseThrow();
		assertThat(output).startsWith("mvnw: 127.0.0.1:%d is out of reach; using the installed Maven %s.\n"
			.formatted(this.port, version.group(1)));
		assertThat(output.lines().skip(1)).first().asString().contains("Apache Maven " + version.group(1));
	}

	@Test
	void asksOnceADayForAnArchiveThatIsOutOfReach() throws IOException {
		assertNoMaven(mvnw("verify"));
		try (Archive server = new Archive(ARCHIVE)) {
			assertNoMaven(mvnw("verify"));
			assertThat(server.requests).hasValue(0);
			foundOutOfReach(Duration.ofDays(2));
			assertThat(mvnw("verify").orElseThrow()).endsWith("Maven 9.9.9 runs verify\n");
		}
	}

	private void assertNoMaven(Programs.Result result) {
		assertThat(result.status()).isEqualTo(1);
		assertThat(result.output()).hasLineCount(1)
			.startsWith("mvnw: %s is out of reach, and no Maven of at least 3.8.6 is installed".formatted(this.url))
			.contains("apt-get install maven", "brew install maven");
	}

	private Programs.Result mvnw(String... arguments) {
		String[] command = Stream.concat(Stream.of("./mvnw"), Stream.of(arguments)).toArray(String[]::new);
		return Programs.run(this.folder, Map.of("MAVEN_USER_HOME", this.home.toString(), "PATH", this.path, "JAVA_HOME",
				System.getProperty("java.home")), "", Duration.ofMinutes(2), List.of(command));
	}

	/**
	 * Have an installed Maven of some version: one that says so, and what it is asked
	 * for.
	 */
	private void installed(String version) {
		Launcher.executable(Path.of(this.path, "mvn"), "echo 'Apache Maven %s'\necho \"$@\"\n".formatted(version));
	}

	/**
	 * What {@code mvnw} notes when it could not reach the archive, so that it does not
	 * wait for it again.
	 */
	private void foundOutOfReach(Duration ago) throws IOException {
		Path folder = this.home.resolve("wrapper/dists/%s-bin/%s".formatted(NAME, checksum(ARCHIVE)));
		Path note = Files.createDirectories(folder).resolve("unreachable");
		Files.write(note, new byte[0]);
		Files.setLastModifiedTime(note, FileTime.from(Instant.now().minus(ago)));
	}

	private static byte[] archive() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			zip.putNextEntry(new ZipEntry(NAME + "/bin/mvn"));
			zip.write("#!/bin/sh\nIFS=,\necho \"Maven 9.9.9 runs $*\"\n".getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return bytes.toByteArray();
	}

	private static String checksum(byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Where the archive should be, while it is there.
	 */
	private final class Archive implements AutoCloseable {

		private final AtomicInteger requests = new AtomicInteger();

		private final HttpServer server;

		Archive(byte[] content) throws IOException {
			this.server = HttpServer
				.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), MvnwTests.this.port), 0);
			this.server.createContext("/", (exchange) -> {
				this.requests.incrementAndGet();
				exchange.sendResponseHeaders(200, content.length);
				exchange.getResponseBody().write(content);
				exchange.close();
			});
			this.server.start();
		}

		@Override
		public void close() {
			this.server.stop(0);
		}

	}

}
