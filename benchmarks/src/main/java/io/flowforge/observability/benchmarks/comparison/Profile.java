package io.flowforge.observability.benchmarks.comparison;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Shows which library uses the CPU time and makes the allocations of a request, from
 * samples of the Flight Recorder, scaled to what the kernel and the JVM have counted.
 */
public final class Profile {

	private final Map<Owner, Long> samples = new EnumMap<>(Owner.class);

	private final Map<Owner, Long> allocated = new EnumMap<>(Owner.class);

	private Profile() {
	}

	/**
	 * Measure, and print a table. Linux only.
	 * @param arguments the folder {@code benchmarks}, and the variant
	 * @throws Exception if something cannot be measured
	 */
	public static void main(String[] arguments) throws Exception {
		Path folder = Path.of(arguments[0]).toAbsolutePath();
		Variant variant = Variant.valueOf(arguments[1]);
		Path recording = Files.createDirectories(folder.resolve("target")).resolve(variant + ".jfr");
		Cores cores = Cores.divide();
		Applications applications = Applications.pinned(folder.resolve("applications"), cores,
				"-XX:StartFlightRecording=settings=profile,filename=" + recording);
		try (ReceiverProcess receiver = ReceiverProcess.start();
				ApplicationProcess application = applications.start(variant, receiver.endpoint(),
						new File("/dev/null"));
				LoadGenerator generator = new LoadGenerator(application.port())) {
			System.err.printf("Profiling %s for a minute%n", variant.title());
			WarmUp.run(application, generator, cores, variant.isScraped(), Plan.FULL.warmUp());
			Instant start = Instant.now();
			CpuTime cpuTime = application.cpuTime();
			long allocated = application.meter().allocated();
			LoadResult load = generator.saturate(Plan.FULL.fixedRate());
			Window window = new Window(load, application.cpuTime().since(cpuTime),
					application.meter().allocated() - allocated, new ReceivedItems(0, 0, 0, 0));
			Instant end = Instant.now();
			application.terminate().join();
			Profile profile = new Profile();
			profile.read(recording, start, end);
			System.out.print(profile.table(variant, window));
		}
	}

	private void read(Path recording, Instant start, Instant end) throws IOException {
		try (RecordingFile events = new RecordingFile(recording)) {
			while (events.hasMoreEvents()) {
				RecordedEvent event = events.readEvent();
				if (event.getStartTime().isAfter(start) && event.getStartTime().isBefore(end)
						&& event.getStackTrace() != null) {
					read(event);
				}
			}
		}
	}

	private void read(RecordedEvent event) {
		switch (event.getEventType().getName()) {
			case "jdk.ExecutionSample" -> this.samples.merge(Owner.of(event.getStackTrace()), 1L, Long::sum);
			case "jdk.ObjectAllocationSample" ->
				this.allocated.merge(Owner.of(event.getStackTrace()), event.getLong("weight"), Long::sum);
			default -> {
			}
		}
	}

	private String table(Variant variant, Window window) {
		StringBuilder table = new StringBuilder(String.format(Locale.ROOT, """
				%s, at saturation: %.1f µs of CPU and %.1f kB per request.

				| owner | CPU per request, µs | allocation per request, kB |
				|---|---|---|
				""", variant.title(), window.cpuMicrosPerRequest(), window.allocatedKilobytesPerRequest()));
		for (Owner owner : Owner.values()) {
			table.append(String.format(Locale.ROOT, "| %s | %.1f | %.1f |%n", owner.title(),
					share(this.samples, owner) * window.cpuMicrosPerRequest(),
					share(this.allocated, owner) * window.allocatedKilobytesPerRequest()));
		}
		return table.toString();
	}

	private static double share(Map<Owner, Long> parts, Owner owner) {
		long all = parts.values().stream().mapToLong(Long::longValue).sum();
		return (double) parts.getOrDefault(owner, 0L) / all;
	}

}
