package io.flowforge.observability.benchmarks.comparison;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Times the start of the bare application and of ours, as they are, with Spring's
 * ahead-of-time processing, with an archive of their classes (application class-data
 * sharing), and with both.
 */
public final class Startup {

	private static final int STARTS = 10;

	private static final List<Variant> VARIANTS = List.of(Variant.BARE, Variant.FLOWFORGE);

	private static final File NOWHERE = new File("/dev/null");

	private final Path folder;

	private final Applications plain;

	private final String collector;

	private Startup(Path folder, Applications plain, String collector) {
		this.folder = folder;
		this.plain = plain;
		this.collector = collector;
	}

	/**
	 * Measure, and print a table. Linux only.
	 * @param arguments the folder {@code benchmarks}
	 * @throws Exception if something cannot be measured
	 */
	public static void main(String[] arguments) throws Exception {
		Path folder = Path.of(arguments[0]).toAbsolutePath();
		Applications applications = Applications.pinned(folder.resolve("applications"), Cores.divide());
		try (ReceiverProcess receiver = ReceiverProcess.start()) {
			new Startup(Files.createDirectories(folder.resolve("target/startup")), applications, receiver.endpoint())
				.run();
		}
	}

	private void run() throws IOException, InterruptedException {
		System.out.println("| prepared | bare, s | FlowForge, s | added, s |\n|---|---|---|---|");
		for (StartMode mode : StartMode.values()) {
			Map<Variant, Applications> prepared = new EnumMap<>(Variant.class);
			for (Variant variant : VARIANTS) {
				prepared.put(variant, prepare(mode, variant));
			}
			System.out.println(row(mode, prepared));
		}
	}

	private Applications prepare(StartMode mode, Variant variant) throws IOException, InterruptedException {
		Applications applications = this.plain;
		if (mode.isAheadOfTime()) {
			Path jar = new AheadOfTime(this.folder.resolve("aot")).process(this.plain, variant, this.collector);
			applications = applications.with(jar).with("-Dspring.aot.enabled=true");
		}
		if (mode.isClassDataSharing()) {
			Path archive = this.folder.resolve("%s-%s.jsa".formatted(variant, mode));
			try (ApplicationProcess application = applications.with("-XX:ArchiveClassesAtExit=" + archive)
				.start(variant, this.collector, NOWHERE)) {
				application.terminate().join();
			}
			applications = applications.with("-XX:SharedArchiveFile=" + archive);
		}
		return applications;
	}

	private String row(StartMode mode, Map<Variant, Applications> prepared) throws IOException {
		List<Double> bare = new ArrayList<>();
		List<Double> ours = new ArrayList<>();
		List<Double> added = new ArrayList<>();
		for (int start = 0; start < STARTS; start++) {
			bare.add(seconds(prepared, Variant.BARE));
			ours.add(seconds(prepared, Variant.FLOWFORGE));
			added.add(ours.get(start) - bare.get(start));
		}
		return "| %s | %s | %s | %s |".formatted(mode.title(), cell(bare), cell(ours), cell(added));
	}

	private double seconds(Map<Variant, Applications> prepared, Variant variant) throws IOException {
		try (ApplicationProcess application = prepared.get(variant).start(variant, this.collector, NOWHERE)) {
			return application.secondsToFirstResponse();
		}
	}

	private static String cell(List<Double> seconds) {
		Spread spread = Spread.of(seconds);
		return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", spread.median(), spread.min(), spread.max());
	}

}
