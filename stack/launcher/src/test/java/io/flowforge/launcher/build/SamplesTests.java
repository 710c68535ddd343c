package io.flowforge.launcher.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.layout.DataFolder;
import io.flowforge.launcher.layout.Part;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which jars {@link Samples} asks for, in a repository in which nothing can be built.
 */
class SamplesTests {

	private static final List<Part> INBOX = List.of(Part.ALERT_INBOX, Part.PROMETHEUS);

	private Repository repository;

	private DataFolder data;

	@BeforeEach
	void prepare(@TempDir Path folder) throws IOException {
		this.repository = new Repository(folder.resolve("repository"));
		this.data = new DataFolder(folder.resolve("data"));
		writeJar(Part.ALERT_INBOX);
	}

	@Test
	void doesNotNeedTheServicesWhereTheyAreLeftOut() {
		Samples inbox = samples(INBOX);
		assertThat(inbox.needBuild()).isFalse();
		inbox.build();
		assertThat(inbox.jar(Part.ALERT_INBOX)).exists();
		assertThatExceptionOfType(StackException.class).isThrownBy(() -> inbox.jar(Part.ORDERS_SERVICE))
			.withMessage("orders-service is not built: 'make dev' builds it.");
		assertThat(samples(Part.SAMPLES).needBuild()).isTrue();
	}

	@Test
	void addsTheServicesOnceTheyAreWanted() throws IOException {
		samples(INBOX).build();
		writeJar(Part.ORDERS_SERVICE);
		writeJar(Part.INVENTORY_SERVICE);
		Samples all = samples(Part.SAMPLES);
		all.build();
		assertThat(Part.SAMPLES).allSatisfy((part) -> assertThat(all.jar(part)).exists());
	}

	// A drill may be running them.
	@Test
	void keepsTheCopiesOfServicesThatAreLeftOut() throws IOException {
		writeJar(Part.ORDERS_SERVICE);
		writeJar(Part.INVENTORY_SERVICE);
		samples(Part.SAMPLES).build();
		Files.delete(samples(INBOX).jar(Part.ALERT_INBOX));
		samples(INBOX).build();
		samples(INBOX).removeOthers();
		assertThat(Part.SAMPLES).allSatisfy((part) -> assertThat(samples(Part.SAMPLES).jar(part)).exists());
	}

	private Samples samples(List<Part> parts) {
		return new Samples(this.repository, this.data, parts);
	}

	private void writeJar(Part part) throws IOException {
		Path jar = this.repository.root().resolve("samples/%1$s/target/%1$s.jar".formatted(part.id()));
		Files.createDirectories(jar.getParent());
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
		manifest.getMainAttributes().putValue("Name-Of-Sample", part.id());
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
			out.finish();
		}
	}

}
