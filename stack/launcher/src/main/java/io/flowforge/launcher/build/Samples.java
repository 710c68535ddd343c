package io.flowforge.launcher.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.layout.DataFolder;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.process.Checksum;

/**
 * The jars of the samples. They run from copies whose names hold a checksum: whatever a
 * later build writes to {@code target/}, a running service keeps the file it was started
 * from.
 */
public final class Samples {

	/** What the jars are made of. */
	private static final List<String> SOURCES = List.of("pom.xml", "flowforge-observability-autoconfigure/pom.xml",
			"flowforge-observability-autoconfigure/src/main", "flowforge-observability-starter/pom.xml",
			"samples/pom.xml", "samples/sample-faults/pom.xml", "samples/sample-faults/src/main",
			"samples/inventory-service/pom.xml", "samples/inventory-service/src/main", "samples/orders-service/pom.xml",
			"samples/orders-service/src/main", "samples/alert-inbox/pom.xml", "samples/alert-inbox/src/main",
			"docs/runbooks", "docs/how-to");

	private final Repository repository;

	private final DataFolder data;

	private final List<Part> parts;

	/**
	 * The samples of a stack.
	 * @param repository the repository
	 * @param data where the copies are
	 * @param parts all parts of the stack; the samples that are not among them are left
	 * alone
	 */
	public Samples(Repository repository, DataFolder data, Collection<Part> parts) {
		this.repository = repository;
		this.data = data;
		this.parts = Part.SAMPLES.stream().filter(parts::contains).toList();
	}

	/**
	 * Whether the jars have to be built: they were not, or from other sources than those
	 * that are there now.
	 * @return whether {@link #build} takes longer than a moment
	 */
	public boolean needBuild() {
		return !isCurrent() && !areJarsNewerThanSources();
	}

	/**
	 * Build the jars if necessary, and copy them.
	 */
	public void build() {
		String sources = fingerprint();
		if (isCurrent()) {
			return;
		}
		if (!areJarsNewerThanSources()) {
			new MavenBuild(this.repository, this.data.log("build")).packageModules(
					this.parts.stream().map((part) -> "samples/" + part.id()).collect(Collectors.joining(",")));
		}
		Map<Part, Path> copies = new EnumMap<>(Part.class);
		if (isFrom(sources)) {
			// A drill may be running the others.
			Part.SAMPLES.forEach((part) -> find(part).ifPresent((copy) -> copies.put(part, copy)));
		}
		this.parts.forEach((part) -> copies.put(part, copy(part)));
		DataFolder.write(note(),
				sources + "\n"
						+ copies.entrySet()
							.stream()
							.map((copy) -> copy.getKey().id() + " " + copy.getValue().getFileName() + "\n")
							.collect(Collectors.joining()));
	}

	/**
	 * The jar of a sample.
	 * @param part the sample
	 * @return the copy
	 */
	public Path jar(Part part) {
		return find(part)
			.orElseThrow(() -> new StackException("%s is not built: 'make dev' builds it.".formatted(part.id())));
	}

	private Optional<Path> find(Part part) {
		return lines().skip(1)
			.map((line) -> line.split(" "))
			.filter((words) -> words[0].equals(part.id()))
			.map((words) -> this.data.jars().resolve(words[1]))
			.findFirst();
	}

	/**
	 * Prepare the jars for plain processes.
	 * @param complaints gets a sentence for what cannot be done
	 */
	public void extract(Consumer<String> complaints) {
		this.parts.parallelStream().map(this::jar).forEach((jar) -> SpringBootJar.extract(jar, name(jar), complaints));
	}

	/**
	 * The jar that a sample is started from as a plain process.
	 * @param part the sample
	 * @return the extracted jar, or the executable one if that could not be extracted
	 */
	public Path program(Part part) {
		Path jar = jar(part);
		Path extracted = SpringBootJar.extracted(name(jar));
		return Files.exists(extracted) ? extracted : jar;
	}

	private static String name(Path jar) {
		return jar.getFileName().toString().replace(".jar", "");
	}

	/**
	 * Remove copies that are no longer started.
	 */
	public void removeOthers() {
		List<Path> used = Part.SAMPLES.stream().flatMap((part) -> find(part).stream()).toList();
		try (Stream<Path> files = Files.list(this.data.jars())) {
			files.filter((file) -> file.toString().endsWith(".jar") && !used.contains(file))
				.forEach((file) -> file.toFile().delete());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean isCurrent() {
		return isFrom(fingerprint())
				&& this.parts.stream().allMatch((part) -> find(part).filter(Files::exists).isPresent());
	}

	private boolean isFrom(String sources) {
		return lines().findFirst().filter(sources::equals).isPresent();
	}

	private Path copy(Part part) {
		Path jar = built(part);
		try {
			Path copy = this.data.jars().resolve("%s-%s.jar".formatted(part.id(), new Checksum().addFile(jar).value()));
			if (!Files.exists(copy)) {
				Files.createDirectories(this.data.jars());
				Path fresh = Files.copy(jar, copy.resolveSibling(copy.getFileName() + ".new"),
						StandardCopyOption.REPLACE_EXISTING);
				check(fresh, jar);
				Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			}
			return copy;
		}
		catch (IOException ex) {
			throw new StackException("%s cannot be copied to %s: %s".formatted(jar, this.data.jars(), ex.getMessage()),
					ex);
		}
	}

	// A build may be writing it at this very moment.
	private static void check(Path copy, Path jar) {
		try (ZipFile zip = new ZipFile(copy.toFile())) {
			if (zip.getEntry("META-INF/MANIFEST.MF") == null) {
				throw new IOException("it has no manifest");
			}
		}
		catch (IOException ex) {
			throw new StackException("%s is not a complete jar (%s): build again with './mvnw -DskipTests package'."
				.formatted(jar, ex.getMessage()), ex);
		}
	}

	private Path built(Part part) {
		return this.repository.root().resolve("samples/%s/target/%s.jar".formatted(part.id(), part.id()));
	}

	private boolean areJarsNewerThanSources() {
		List<Path> jars = this.parts.stream().map(this::built).toList();
		if (!jars.stream().allMatch(Files::exists)) {
			return false;
		}
		FileTime oldest = jars.stream().map(Samples::builtAt).min(FileTime::compareTo).orElseThrow();
		return sources().allMatch((source) -> modified(source).compareTo(oldest) < 0);
	}

	// The jar itself has a time of its own, so that it is always the same to the byte;
	// the
	// plain one that it was made of says when that was.
	private static FileTime builtAt(Path jar) {
		Path plain = jar.resolveSibling(jar.getFileName() + ".original");
		return modified(Files.exists(plain) ? plain : jar);
	}

	private static FileTime modified(Path file) {
		try {
			return Files.getLastModifiedTime(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String fingerprint() {
		Checksum checksum = new Checksum();
		sources().filter(Files::isRegularFile)
			.forEach((file) -> checksum.add(this.repository.root().relativize(file).toString()).addFile(file));
		return checksum.value();
	}

	// Folders, too: they change when a file of theirs is removed.
	private Stream<Path> sources() {
		return SOURCES.stream().map(this.repository.root()::resolve).filter(Files::exists).flatMap((source) -> {
			try (Stream<Path> files = Files.walk(source)) {
				return files.sorted().toList().stream();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	private Path note() {
		return this.data.jars().resolve("built-from");
	}

	private Stream<String> lines() {
		try {
			return Files.exists(note()) ? Files.readAllLines(note()).stream() : Stream.empty();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
